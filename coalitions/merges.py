"""What becomes of memberships and seats when two organisations turn out to be one."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from coalitions import members
from coalitions.models import Membership, MembershipState, MembershipStep, Seat
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Organisation, Person

# Of two open spells in one coalition the one that is furthest goes on.
FURTHEST = (
    MembershipState.PROSPECT,
    MembershipState.IN_TALKS,
    MembershipState.INVITED,
    MembershipState.DORMANT,
    MembershipState.MEMBER,
)


def merge(kept: Organisation, gone: Organisation, by: Person) -> list[str]:
    """Every spell goes to `kept`; of two open ones in a coalition the weaker one ends, and stays known."""
    _end_seats_of_who_stayed(gone)
    return [
        _move(spell, kept=kept, gone=gone, by=by)
        for spell in gone.memberships.select_related("coalition").order_by("pk")
    ]


def _move(spell: Membership, *, kept: Organisation, gone: Organisation, by: Person) -> str:
    twin = kept.memberships.filter(coalition=spell.coalition_id, left_on__isnull=True).first()
    if spell.left_on or twin is None:
        _give(spell, kept=kept, gone=gone, by=by)
        return f"Het lidmaatschap in {spell.coalition} ({spell.get_state_display().lower()}) gaat mee."
    stronger, weaker = sorted((spell, twin), key=_strength, reverse=True)
    seats = list(_open_seats(weaker))
    end = members.leave if weaker.state in MEMBER_STATES else members.decline
    reason = f"Samengevoegd: {gone.name} en {kept.name} zijn dezelfde organisatie."
    end(membership=weaker, by=by, reason=reason[:300])
    _give(spell, kept=kept, gone=gone, by=by)
    # Who sat for the spell that ends, sits from today for the one that goes on.
    for seat in seats:
        Seat.objects.create(
            membership=stronger,
            representative_id=seat.representative_id,
            level=seat.level,
            kind=seat.kind,
            valid_from=max(seat.valid_from, timezone.localdate()),
            valid_to=seat.valid_to,
        )
    since = f" sinds {stronger.joined_on:%d-%m-%Y}" if stronger.joined_on else ""
    return (
        f"Beide staan in {spell.coalition}. ‘{stronger.get_state_display()}’{since} gaat door; "
        f"‘{weaker.get_state_display()}’ eindigt vandaag en blijft in de geschiedenis staan."
    )


def _open_seats(spell: Membership) -> QuerySet[Seat]:
    today = timezone.localdate()
    return Seat.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), membership=spell)


def _strength(spell: Membership) -> tuple[int, int, int]:
    """Further is stronger; then longer a member; then longer known."""
    joined = -spell.joined_on.toordinal() if spell.joined_on else -(10**7)
    return FURTHEST.index(MembershipState(spell.state)), joined, -spell.pk


def _give(spell: Membership, *, kept: Organisation, gone: Organisation, by: Person) -> None:
    Membership.objects.filter(pk=spell.pk).update(organisation=kept)
    state = Membership.objects.values_list("state", flat=True).get(pk=spell.pk)
    MembershipStep.objects.create(
        membership=spell,
        from_state=state,
        to_state=state,
        reason=f"Samengevoegd: dit lidmaatschap stond op naam van {gone.name}."[:300],
        happened_on=timezone.localdate(),
        recorded_by=by,
    )


def _end_seats_of_who_stayed(gone: Organisation) -> None:
    """Whose function stayed behind and ended, sits nowhere any more."""
    today = timezone.localdate()
    Seat.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), representative__organisation=gone
    ).update(valid_to=Greatest("valid_from", today))
