"""How the coalition of the demo stands: two years of conditions, agreements, talks and lists."""

import datetime

from django.utils import timezone

from coalitions import fixed_facts
from coalitions.models import (
    Agreement,
    CheckState,
    Coalition,
    Condition,
    ConditionScore,
    ListEntry,
    ListKind,
    PartnerReview,
    Requirement,
    RequirementCheck,
    Score,
)
from partners.models import OrganisationType, Person

OK, SO_SO, NONE = Score.IN_PLACE, Score.ATTENTION, Score.MISSING
# The twelve in their order, in the first year and in the second.
SCORES = (
    (SO_SO, SO_SO, SO_SO, NONE, SO_SO, NONE, OK, SO_SO, SO_SO, SO_SO, NONE, NONE),
    (SO_SO, OK, OK, SO_SO, OK, SO_SO, OK, OK, SO_SO, SO_SO, SO_SO, NONE),
)
NOTES = {
    "capaciteit": "Twee gemeenten zoeken nog iemand met uren.",
    "betrokkenheid": "Er is nog geen ouderpanel in Midden-Limburg.",
    "financiering": "De bijdragen van de gemeenten zijn voor drie jaar toegezegd.",
}
AGREEMENTS = (
    ("Warme overdracht naar het wijkteam", ("verloskundigenpraktijk", "toegangsteam"), "2", 2023, 2026),
    ("Samen signaleren", ("kraamzorg", "cjg"), "1", 2022, 2025),
    ("Eén loket voor ouders", ("gemeente", "welzijn"), "1", 2024, 2027),
)
ENTRIES = {
    ListKind.INFORMATION_NEED: (
        ("Hoeveel ouders krijgen een prenataal huisbezoek?", "Per gemeente, per half jaar."),
        ("Hoe vaak lukt een warme overdracht?", "We weten nog niet wie dit bijhoudt."),
        ("Welke wijken missen een ontmoetingsplek?", ""),
    ),
    ListKind.INITIATIVE: (
        ("Nu Niet Zwanger", "Loopt in de hele regio."),
        ("VoorZorg", "Loopt in drie gemeenten."),
        ("Centering Pregnancy", "Twee praktijken bieden dit aan."),
    ),
    ListKind.POLICY_LINK: (
        ("Gezondste provincie", "Sociale agenda van de provincie Limburg."),
        ("Regioplan IZA", "Kansrijke Start is een van de thema's."),
    ),
}


def write(coalition: Coalition, coordinator: Person) -> None:
    """Everything once; what a visitor changed stays."""
    if coalition.condition_scores.exists():
        return
    fixed_facts.load()
    # This year's is still asked of the coordinator.
    last_year = timezone.localdate().year - 1
    conditions = list(Condition.objects.filter(coalition=None))
    ConditionScore.objects.bulk_create(
        ConditionScore(
            coalition=coalition,
            condition=condition,
            year=last_year - 1 + number,
            score=score,
            note=NOTES.get(condition.code, "") if number else "",
        )
        for number, scores in enumerate(SCORES)
        for condition, score in zip(conditions, scores, strict=True)
    )
    _write_agreements(coalition)
    _write_reviews(coalition, coordinator, last_year)
    _write_checks(coalition)
    ListEntry.objects.bulk_create(
        ListEntry(
            coalition=coalition,
            kind=kind,
            title=title,
            explanation=explanation,
            owner=coordinator,
            done_on=datetime.date(2023, 11, 2) if number == 0 and kind == ListKind.INITIATIVE else None,
        )
        for kind, entries in ENTRIES.items()
        for number, (title, explanation) in enumerate(entries)
    )


def _write_agreements(coalition: Coalition) -> None:
    types = {one.code: one for one in OrganisationType.objects.all()}
    for title, codes, version, year, review in AGREEMENTS:
        agreement = Agreement.objects.create(
            coalition=coalition,
            title=title,
            version=version,
            valid_from=datetime.date(year, 3, 1),
            review_on=datetime.date(review, 3, 1),
        )
        agreement.party_types.set([types[code] for code in codes])


def _write_reviews(coalition: Coalition, coordinator: Person, year: int) -> None:
    members = coalition.memberships.members().order_by("organisation__sort_key")[:12]
    PartnerReview.objects.bulk_create(
        PartnerReview(
            membership=membership,
            year=year - 1 + number % 2,
            effort="Denkt mee in de werkgroep en levert een collega voor een halve dag in de week (demo).",
            result="De afgesproken stappen zijn gezet (demo).",
            follow_up="Volgend jaar opnieuw, met een collega erbij (demo)." if number % 3 else "",
            held_on=datetime.date(year - 1 + number % 2, 10, 1 + number),
            written_by=coordinator,
        )
        for number, membership in enumerate(members)
    )


def _write_checks(coalition: Coalition) -> None:
    states = (CheckState.DONE, CheckState.DONE, CheckState.BUSY, CheckState.DONE, CheckState.NOT_YET)
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            coalition=coalition,
            municipality=area,
            requirement=requirement,
            state=states[(place + number) % len(states)],
        )
        for place, area in enumerate(coalition.municipalities().order_by("code")[:11])
        for number, requirement in enumerate(Requirement.objects.all())
    )
