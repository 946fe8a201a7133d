"""Messages are written, looked at, tried on oneself, and sent: each person gets it as she chose."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from actions.audiences import Audience
from actions.models import Announcement, AnnouncementState, MessageDelivery
from actions.models.announcements import chosen_of
from coalitions import news_topics
from coalitions.access import Permission, Scope, groups_within, scopes_of
from coalitions.menu import is_formal
from coalitions.models import Coalition, WorkingGroup
from partners import unsubscribing
from partners.models import Person
from portal import outbox
from portal.acts import Refused, act
from portal.hooks import NewsKind
from portal.jobs import JobState, ring


class AlreadySent(Refused):
    def __init__(self) -> None:
        super().__init__("Dit bericht is al verstuurd. Schrijf een nieuw bericht.")


class NobodyToReach(Refused):
    def __init__(self) -> None:
        super().__init__("Met deze keuze bereik je niemand. Kies andere niveaus of groepen.")


class OnlyOwnGroups(Refused):
    def __init__(self) -> None:
        super().__init__("Je kunt alleen een bericht sturen aan groepen die je zelf trekt.")


class Reach(NamedTuple):
    """How the people of an audience will get a message."""

    total: int
    direct: int
    weekly: int
    portal_only: int


class Progress(NamedTuple):
    """How far the sending is."""

    total: int
    done: int
    failed: int
    mailed: int


def within(person: Person, coalition: Coalition) -> QuerySet[Announcement]:
    """The messages that `person` writes: all for a coordinator, her own for who leads a group."""
    scopes = scopes_of(person, Permission.ANNOUNCEMENT_SEND, coalition)
    if Scope.ALL in scopes:
        return coalition.announcements.all()
    if Scope.GROUP in scopes:
        return coalition.announcements.filter(written_by=person)
    return coalition.announcements.none()


def may_write(person: Person, coalition: Coalition) -> bool:
    """Whether `person` sends messages here."""
    return bool(scopes_of(person, Permission.ANNOUNCEMENT_SEND, coalition))


def readable_by(person: Person, coalition: Coalition) -> QuerySet[Announcement]:
    """The messages that `person` wrote or was sent."""
    received = Q(state=AnnouncementState.SENT, deliveries__person=person)
    mine = within(person, coalition).order_by().values("pk")
    return coalition.announcements.filter(received | Q(pk__in=mine)).distinct()


def write(
    *,
    coalition: Coalition,
    by: Person,
    title: str,
    body: str,
    everybody: bool = False,
    levels: Iterable[str] = (),
    domains: Iterable[str] = (),
    municipalities: Iterable[str] = (),
    groups: Iterable[WorkingGroup] = (),
    announcement: Announcement | None = None,
) -> Announcement:
    """A draft, new or written better."""
    chosen = list(groups)
    _refuse_other_groups(coalition, by, chosen, is_wider=everybody or bool(list(levels)))
    with act(by=by):
        if announcement is None:
            announcement = Announcement(coalition=coalition, written_by=by)
        else:
            announcement = _draft(announcement)
        announcement.title, announcement.body = title.strip(), body.strip()
        announcement.to_everybody = everybody
        announcement.levels, announcement.domains = list(levels), list(domains)
        announcement.municipalities = list(municipalities)
        announcement.full_clean()
        announcement.save()
        announcement.groups.set(chosen)
    return announcement


def audience_of(announcement: Announcement) -> Audience:
    """Whom it is for, today."""
    return Audience(coalition=announcement.coalition, **chosen_of(announcement))


def reach_of(audience: Audience) -> Reach:
    """How many people there are, and how each kind of mail reaches them; one query."""
    reachable = Q(email__isnull=False) & news_topics.wanting(audience.coalition, NewsKind.MESSAGES)
    choice = Person.MailChoice
    found = (
        audience.people()
        .order_by()
        .aggregate(
            total=Count("pk", distinct=True),
            direct=Count("pk", filter=reachable & Q(mail_choice=choice.DIRECT), distinct=True),
            weekly=Count("pk", filter=reachable & Q(mail_choice=choice.WEEKLY), distinct=True),
        )
    )
    return Reach(**found, portal_only=found["total"] - found["direct"] - found["weekly"])


def try_out(*, announcement: Announcement, by: Person) -> None:
    """The mail as others would get it, to who writes it only."""
    with act(by=by):
        if not by.email:
            raise Refused("Je hebt geen mailadres in het portaal. Vul het eerst in bij je profiel.")
        _post(announcement, by, reference=f"test:{announcement.pk}:{timezone.now().isoformat()}")


def send(*, announcement: Announcement, by: Person) -> int:
    """Order a delivery for everybody it is for; how many. From now on its words stay."""
    with act(by=by):
        announcement = _draft(announcement)
        people = list(audience_of(announcement).people())
        if not people:
            raise NobodyToReach
        announcement.state, announcement.sent_at = AnnouncementState.SENT, timezone.now()
        announcement.full_clean()
        announcement.save(update_fields=["state", "sent_at"])
        MessageDelivery.objects.bulk_create(
            MessageDelivery(announcement=announcement, person=person) for person in people
        )
        ring(MessageDelivery, times=2)
    return len(people)


def throw_away(*, announcement: Announcement, by: Person) -> None:
    """A draft goes; what was sent stays."""
    with act(by=by):
        _draft(announcement).delete()


def deliver(delivery: MessageDelivery) -> None:
    """Mail it to who wants mail at once; others read it in the mail with news or in the portal."""
    announcement = Announcement.objects.select_related("coalition", "written_by").get(
        pk=delivery.announcement_id
    )
    person = delivery.person
    wants = (
        person.mail_choice == Person.MailChoice.DIRECT
        and person.is_active
        and bool(person.email)
        and news_topics.wants(person, announcement.coalition, NewsKind.MESSAGES)
    )
    with transaction.atomic():
        if wants:
            _post(announcement, person, reference=f"announcement:{announcement.pk}")
        delivery.finish(is_mailed=wants)


def progress_of(announcement: Announcement) -> Progress:
    """How far the sending is; one query."""
    return Progress(
        **announcement.deliveries.aggregate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=JobState.DONE)),
            failed=Count("pk", filter=Q(state=JobState.FAILED)),
            mailed=Count("pk", filter=Q(is_mailed=True)),
        )
    )


def _post(announcement: Announcement, person: Person, *, reference: str) -> None:
    unsubscribe_url = unsubscribing.address_for(person)
    context: dict[str, Any] = {
        "announcement": announcement,
        "person": person,
        "is_formal": is_formal(person),
        "link": settings.PORTAL_ORIGIN + announcement.get_absolute_url(),
        "unsubscribe_url": unsubscribe_url,
    }
    outbox.post(
        purpose="announcement",
        reference=reference,
        recipient=person.email or "",
        context=context,
        unsubscribe_url=unsubscribe_url,
    )


def _draft(announcement: Announcement) -> Announcement:
    announcement = (
        Announcement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition", "written_by")
        .get(pk=announcement.pk)
    )
    if announcement.state != AnnouncementState.DRAFT:
        raise AlreadySent
    return announcement


def _refuse_other_groups(
    coalition: Coalition, by: Person, groups: list[WorkingGroup], *, is_wider: bool
) -> None:
    """Who leads a group reaches that group; only a coordinator reaches further."""
    if Scope.ALL in scopes_of(by, Permission.ANNOUNCEMENT_SEND, coalition):
        if any(group.coalition_id != coalition.pk for group in groups):
            raise OnlyOwnGroups
        return
    own = set(groups_within(by, Permission.ANNOUNCEMENT_SEND, coalition).values_list("pk", flat=True))
    if is_wider or not groups or any(group.pk not in own for group in groups):
        raise OnlyOwnGroups
