"""The first steps of a coalition, done or not as the facts say; nothing is ticked by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from coalitions.models import Coalition, MembershipState, Phase
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Domain
from portal import hooks

# Past these phases the first steps are history.
FIRST_PHASES = frozenset({Phase.EXPLORING, Phase.BUILDING, Phase.FOUNDED})


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what there is to do, and what there is now."""

    title: str
    is_done: bool
    now: str
    url: str = ""


def _counted(count: int, one: str, several: str) -> str:
    if count == 0:
        return f"nog geen {one}"
    return f"1 {one}" if count == 1 else f"{count} {several}"


def basics(
    coalition: Coalition,
    *,
    municipalities: int,
    states: Mapping[str, int],
    domains: int,
    has_commissioner: bool,
    may_edit: bool,
) -> list[Step]:
    """What a coalition stands on: where, by whose assignment, for what, and with whom; with the way to
    pages that change it for who may do so."""
    joined = sum(count for state, count in states.items() if state in MEMBER_STATES)
    slug = [coalition.slug]
    return [
        Step(
            title="Bepaal het gebied",
            is_done=municipalities > 0,
            now=_counted(municipalities, "gemeente", "gemeenten"),
            url=coalition.get_absolute_url(),
        ),
        Step(
            title="Zoek een opdrachtgever",
            is_done=has_commissioner,
            now="is bekend" if has_commissioner else "nog niet bekend",
            url=reverse("coalitions:role-list", args=slug) if may_edit else "",
        ),
        Step(
            title="Schrijf op waar de coalitie voor gaat",
            is_done=bool(coalition.mission),
            now="staat op het profiel" if coalition.mission else "nog niet beschreven",
            url=reverse("coalitions:settings", args=slug) if may_edit else "",
        ),
        Step(
            title="Verwelkom de eerste leden",
            is_done=joined > 0,
            now=_counted(joined, "lid", "leden"),
            url=f"{reverse('coalitions:pipeline-list', args=slug)}?stand={MembershipState.MEMBER}",
        ),
        Step(
            title="Breng alle vier de domeinen samen",
            is_done=domains == len(Domain),
            now=f"{domains} van de {len(Domain)}: {', '.join(Domain.labels)}",
            url=reverse("coalitions:growth", args=slug),
        ),
    ]


def seven_steps(coalition: Coalition, *, states: Mapping[str, int]) -> list[Step]:
    """How Noord- en Midden-Limburg began: from a map of parties to working groups. One query, and
    those of the apps that know of the later steps."""
    slug = [coalition.slug]
    listed = sum(states.values())
    talks, stuck = (
        coalition.contacts.order_by()
        .aggregate(talks=Count("pk"), stuck=Count("pk", filter=~Q(stuck="")))
        .values()
    )
    facts = hooks.step_facts(coalition)
    return [
        Step(
            title="Breng partijen in kaart",
            is_done=listed > 0,
            now=_counted(listed, "organisatie", "organisaties"),
            url=reverse("coalitions:pipeline-list", args=slug),
        ),
        Step(
            title="Voer gesprekken",
            is_done=talks > 0,
            now=_counted(talks, "gesprek", "gesprekken"),
            url=reverse("coalitions:contact-list", args=slug),
        ),
        _known_elsewhere("Kom bij elkaar", facts.get("meetings"), "bijeenkomst", "bijeenkomsten"),
        Step(
            title="Haal knelpunten op",
            is_done=stuck > 0,
            now=_counted(stuck, "gesprek met een knelpunt", "gesprekken met een knelpunt"),
            url=reverse("coalitions:contact-list", args=slug),
        ),
        _known_elsewhere("Kies thema’s", facts.get("themes"), "thema", "thema’s"),
        _known_elsewhere("Spreek acties af", facts.get("actions"), "actie", "acties"),
        _known_elsewhere("Start werkgroepen", facts.get("groups"), "werkgroep", "werkgroepen"),
    ]


def _known_elsewhere(title: str, fact: hooks.StepFact | None, one: str, several: str) -> Step:
    count = fact.count if fact else 0
    return Step(
        title=title, is_done=count > 0, now=_counted(count, one, several), url=fact.url if fact else ""
    )
