"""Where each role finds its work after log-in."""

from django.urls import reverse

from coalitions.access import ActingRole, reach_of
from coalitions.models import Coalition
from partners.models import Person

# Who has several roles goes to the work that comes first here.
PAGES = {
    ActingRole.COORDINATOR: "coalitions:workplace",
    ActingRole.TEAM: "coalitions:workplace",
    ActingRole.ALDERMAN: "monitoring:board",
    ActingRole.ANALYST: "monitoring:delivery-list",
    ActingRole.ADMINISTRATOR: "coalitions:platform",
    ActingRole.READER: "monitoring:board",
}
OF_ONE_COALITION = frozenset({"coalitions:workplace", "monitoring:board"})


def landing(person: Person) -> str:
    """The page where the work of `person` is; `/mijn/` for a partner and for who has no role yet."""
    reach = reach_of(person)
    for role, page in PAGES.items():
        coalitions = [pk for pk, roles in reach.items() if role in roles]
        if not coalitions:
            continue
        if page not in OF_ONE_COALITION:
            return reverse(page)
        first = Coalition.objects.filter(pk__in=coalitions).order_by("sort_key", "pk").first()
        if first is not None:
            return reverse(page, kwargs={"slug": first.slug})
    return reverse("coalitions:my-page")
