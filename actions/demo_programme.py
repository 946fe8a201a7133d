"""A made-up programme for Noord- en Midden-Limburg: themes, bottlenecks and actions in every state.

The texts give the number of themes, not their names; those here are working titles.
"""

import datetime
from itertools import cycle
from typing import NamedTuple

from actions import bottlenecks, demo_rounds, milestones, outcomes, programmes, themes, work
from actions.demo_actions import ACTIONS, Plan
from actions.demo_subjects import BOTTLENECKS, CHAPTERS, HEARD, THEMES
from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    BottleneckSupport,
    InterestKind,
    OriginKind,
    PartnerRole,
    Programme,
    TableNote,
    Theme,
    ThemeRelevance,
)
from coalitions.models import Coalition, Membership, WorkingGroup
from partners.models import Area, Person

THOUGHT_OF = datetime.date(2022, 1, 13)
# An action that is stuck or waits, does so since this day; the last round asked about it.
STOOD_STILL = datetime.date(2026, 6, 15)
STARTS, ENDS = datetime.date(2022, 1, 1), datetime.date(2026, 12, 31)


class _Cast(NamedTuple):
    themes: list[Theme]
    bottlenecks: list[Bottleneck]
    members: list[Membership]
    own: Membership
    by: Person


def write(coalition: Coalition) -> None:
    """The programme, where there is none."""
    if not coalition.programmes.exists():
        _write(coalition)


def keep_notes(coalition: Coalition) -> None:
    """The table notes behind the bottlenecks, where the meeting is there and none is kept yet."""
    by = Person.objects.get(email="coordinator@demo.example")
    if coalition.bottlenecks.filter(note_outcomes__isnull=False).exists():
        return
    for place, words in HEARD:
        note = TableNote.objects.filter(meeting__coalition=coalition, text__startswith=words).first()
        bottleneck = coalition.bottlenecks.filter(text=BOTTLENECKS[place][1]).first()
        if note and bottleneck:
            outcomes.join_bottleneck(note=note, bottleneck=bottleneck, by=by)


def _write(coalition: Coalition) -> None:
    by = Person.objects.get(email="coordinator@demo.example")
    members = _members(coalition)
    programme = programmes.create(
        coalition=coalition,
        by=by,
        title="Actieprogramma Kansrijke Start Noord- en Midden-Limburg (demo)",
        summary="Samen zorgen we dat elk kind in onze regio een kansrijke start krijgt: voor, tijdens en "
        "na de zwangerschap. Wat elders werkt, bakken we regionaal voor en lokaal af.",
        starts_on=STARTS,
        ends_on=ENDS,
        source_note="Verzonnen voor de demonstratie; de bronnen noemen vijf hoofdthema’s zonder hun namen.",
    )
    written = _write_themes(programme, members, by)
    programmes.adopt(programme=programme, by=by)
    found = _write_bottlenecks(coalition, written, by)
    partner = Person.objects.get(email="partner@demo.example")
    own = next(one for one in members if one.organisation.representatives.filter(person=partner).exists())
    cast = _Cast(written, found, members, own, by)
    written_actions = [(_write_action(coalition, plan, cast), plan) for plan in ACTIONS]
    early = [(action, plan) for action, plan in written_actions if not _ends_late(plan)]
    for action, plan in early:
        _end(action, plan, cast)
    demo_rounds.write_past(coalition, by)
    for action, plan in written_actions:
        if _ends_late(plan):
            _end(action, plan, cast)
    demo_rounds.write_open(coalition, by)
    _write_chapters(programme, coalition, by)


def _members(coalition: Coalition) -> list[Membership]:
    """Members in a fixed order that mixes the kinds."""
    members = coalition.memberships.members().select_related("organisation")
    return sorted(members, key=lambda one: (one.organisation.name[-9:], one.organisation.name))


def _write_themes(programme: Programme, members: list[Membership], by: Person) -> list[Theme]:
    written = [
        themes.add(
            programme=programme,
            by=by,
            number=number,
            title=title,
            intro=intro,
            scope=scope,
            source_note="namen niet in bron",
        )
        for number, (title, intro, scope, _) in enumerate(THEMES, start=1)
    ]
    # Each theme matters to all, or to all but every so many; some gave no answer.
    ThemeRelevance.objects.bulk_create(
        ThemeRelevance(theme=theme, membership=member, matters=not step or place % step != 0)
        for theme, (*_, step) in zip(written, THEMES, strict=True)
        for place, member in enumerate(members)
        if not step or place % 5
    )
    kinds = cycle([InterestKind.JOIN, InterestKind.FOLLOW, InterestKind.LEAD, InterestKind.JOIN])
    for place, member in enumerate(members[:40]):
        theme = written[place % len(written)]
        themes.show_interest(membership=member, theme=theme, kind=next(kinds), by=by)
    return written


def _write_bottlenecks(coalition: Coalition, written: list[Theme], by: Person) -> list[Bottleneck]:
    people = list(
        Person.objects.filter(is_demo=True, representatives__organisation__memberships__coalition=coalition)
        .order_by("email")
        .distinct()[:60]
    )
    found = []
    for place, (kind, text, theme, factors, domains) in enumerate(BOTTLENECKS):
        told = place % 4 != 3
        found.append(
            bottlenecks.collect(
                coalition=coalition,
                by=by,
                kind=kind,
                text=text,
                theme=written[theme - 1] if theme else None,
                origin=OriginKind.MEETING if told else OriginKind.OTHER,
                origin_note="Tafelgesprek, 31 oktober 2022" if told else "Inventarisatie voorjaar 2021",
                factors=factors,
                domains=domains,
            )
        )
    BottleneckSupport.objects.bulk_create(
        BottleneckSupport(bottleneck=bottleneck, person=person)
        for place, bottleneck in enumerate(found)
        for person in people[: (place * 7) % 23]
    )
    for bottleneck in found[10:24]:
        bottlenecks.share(bottleneck=bottleneck, by=by)
    bottlenecks.drop(bottleneck=found[-1], reason="Dit valt buiten wat een coalitie kan doen.", by=by)
    return found


def _write_action(coalition: Coalition, plan: Plan, cast: _Cast) -> Action:
    group = WorkingGroup.objects.filter(coalition=coalition, slug=plan.group).first()
    places = list(Area.objects.filter(code__in=plan.places))
    action = work.propose(
        coalition=coalition,
        by=cast.by,
        title=plan.title,
        kind=plan.kind,
        why=plan.why,
        result_expected=plan.result,
        theme=cast.themes[plan.theme - 1],
        phase=plan.phase,
        scope="local" if places else "regional",
        areas=places,
        group=group,
        factors=list(plan.factors),
        indicator_codes=list(plan.figures),
        priority=plan.priority,
        bottlenecks=[cast.bottlenecks[place] for place in plan.answers],
        on=min(plan.starts_on or THOUGHT_OF, THOUGHT_OF),
    )
    number = action.number
    for place, role in enumerate((PartnerRole.CO_LEAD, PartnerRole.CONTRIBUTOR, PartnerRole.INFORMED)):
        member = cast.members[(number * 5 + place + 1) % len(cast.members)]
        work.set_partner(
            action=action,
            membership=member,
            role=role,
            promise="Brengt kennis en een werkdag per maand in." if place < 2 else "",
            hours=8 if place < 2 else None,
            by=cast.by,
        )
    for title, due_on in plan.milestones:
        milestone = milestones.add(action=action, title=title, due_on=due_on, by=cast.by)
        if due_on < datetime.date(2025, 6, 1):
            milestones.reach(milestone=milestone, by=cast.by, on=due_on)
    _begin(action, plan, cast)
    return action


def _lead(action: Action, cast: _Cast) -> Membership:
    """The first is pulled by the partner of the demo, so that she has something to report."""
    return cast.own if action.number == 1 else cast.members[(action.number * 5) % len(cast.members)]


def _begin(action: Action, plan: Plan, cast: _Cast) -> None:
    """From idea to planned and running, by the steps that everybody takes."""
    if plan.state == ActionState.IDEA:
        return
    work.plan(
        action=action,
        by=cast.by,
        lead=None if plan.lead_name else _lead(action, cast),
        lead_name=plan.lead_name,
        starts_on=plan.starts_on,
        due_on=plan.due_on,
        on=THOUGHT_OF,
    )
    if plan.state != ActionState.PLANNED:
        work.start(action=action, by=cast.by, on=plan.starts_on)


def _ends_late(plan: Plan) -> bool:
    """Whether it was still running in the rounds of the past."""
    return plan.state == ActionState.DONE and plan.due_on is not None and plan.due_on > STOOD_STILL


def _end(action: Action, plan: Plan, cast: _Cast) -> None:
    """From running to where the plan wants it."""
    by = cast.by
    match plan.state:
        case ActionState.BLOCKED:
            work.block(action=action, reason=plan.reason, needs_help=plan.help, by=by, on=STOOD_STILL)
        case ActionState.PAUSED:
            work.pause(action=action, reason=plan.reason, by=by, on=STOOD_STILL)
        case ActionState.STOPPED:
            work.stop(action=action, reason=plan.reason, lesson=plan.lesson, by=by, on=plan.due_on)
        case ActionState.DONE | ActionState.SECURED:
            work.finish(action=action, lesson=plan.lesson, by=by, on=plan.due_on)
    if plan.state == ActionState.SECURED:
        lead = _lead(action, cast)
        work.secure(action=action, secured_by=lead, secured_funding=plan.funding, by=by, on=plan.due_on)


def _write_chapters(programme: Programme, coalition: Coalition, by: Person) -> None:
    places = {place.code: place for place in coalition.municipalities()}
    for code, text in CHAPTERS.items():
        programmes.write_chapter(
            programme=programme, municipality=places[code], text=text, contact=None, by=by
        )
