"""Everybody's own page: what is asked of her, her organisations and her coalitions."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions.access import coalition_ids_of
from coalitions.menu import is_formal, role_words
from coalitions.models import Coalition
from partners.models import Mandate, Representative
from portal import hooks
from portal.signed_in import signed_in

# More than two rows of cards stand under a heading for each subject.
FEW = 6


@signed_in
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """About the person who is logged in, and nobody else."""
    person = request.user
    functions = (
        Representative.objects.current()
        .filter(person=person)
        .select_related("organisation__type")
        .prefetch_related(
            Prefetch("mandates", Mandate.objects.order_by("-requested_at"), to_attr="my_mandates")
        )
        .order_by("organisation__sort_key", "pk")
    )
    asks = hooks.asks_of(person)
    coalitions = Coalition.objects.filter(pk__in=coalition_ids_of(person)).order_by("sort_key")
    return render(
        request,
        "coalitions/my_page.html",
        {
            "groups": hooks.grouped(asks) if len(asks) > FEW else [("", asks)],
            "is_formal": is_formal(person),
            "functions": functions,
            "coalitions": [(one, role_words(person, one)) for one in coalitions],
        },
    )
