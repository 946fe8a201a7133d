"""A coalition begins, changes its area, and goes from phase to phase."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from coalitions import roles
from coalitions.models import Coalition, Level, Phase, PhaseStep, Role
from coalitions.models.coalitions import PHASE_MOVES
from partners.models import Area, AreaKind, AreaMember, Person
from portal.acts import Refused, act
from portal.periods import valid_on
from portal.revisions import meanwhile, refuse_if_changed


class NameTaken(Refused):
    def __init__(self, slug: str) -> None:
        super().__init__(f"Er is al een coalitie met het webadres ‘{slug}’. Kies een andere naam.")


class WithoutMunicipality(Refused):
    def __init__(self) -> None:
        super().__init__("Kies ten minste één gemeente.")


class NotAMunicipality(Refused):
    def __init__(self, area: Area, on: datetime.date) -> None:
        super().__init__(f"{area} is op {on:%d-%m-%Y} geen gemeente. Kies een andere gemeente.")


class AlreadyInArea(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} hoort op deze datum of later al bij deze coalitie.")


class NotInArea(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} hoort op deze datum niet bij deze coalitie.")


class IllegalPhase(Refused):
    def __init__(self, start: str, to: str) -> None:
        super().__init__(f"Een coalitie gaat niet van ‘{Phase(start).label}’ naar ‘{Phase(to).label}’.")


class WithoutCommissioner(Refused):
    def __init__(self) -> None:
        super().__init__("Een opgerichte coalitie heeft een opdrachtgever. Wijs eerst een opdrachtgever aan.")


class PhaseChanged(Refused):
    def __init__(self, coalition: Coalition, *, seen: str, to: str) -> None:
        last = coalition.phase_steps.select_related("recorded_by").order_by("pk").last()
        super().__init__(
            f"{meanwhile(last.recorded_by, last.recorded_at) if last else meanwhile()}. "
            f"Je zag de fase ‘{Phase(seen).label}’ en koos ‘{Phase(to).label}’, "
            f"maar de fase is nu ‘{coalition.get_phase_display()}’. Er is niets veranderd."
        )


# What a coordinator may change of her coalition.
SETTINGS = frozenset(
    {
        "mission",
        "approach",
        "history",
        "vulnerability_note",
        "look_at",
        "source_note",
        "is_public",
        "accepts_requests",
        "answer_days",
    }
)


def found_coalition(
    *,
    name: str,
    level: str,
    municipalities: Iterable[Area],
    from_date: datetime.date,
    by: Person | None,
    slug: str | None = None,
    parent: Coalition | None = None,
) -> Coalition:
    """A new coalition in its first phase, with its area from `from_date` on."""
    slug = slug or slugify(name)
    chosen = list(municipalities)
    with act(by=by):
        if Coalition.objects.filter(slug=slug).exists():
            raise NameTaken(slug)
        if not chosen and level != Level.NATIONAL:
            raise WithoutMunicipality
        area = Area(kind=AreaKind.COALITION, code=slug, name=name, valid_from=from_date)
        area.full_clean()
        area.save(force_insert=True)
        coalition = Coalition(
            name=name, slug=slug, level=level, parent=parent, area=area, started_on=from_date
        )
        coalition.full_clean()
        coalition.save(force_insert=True)
        _add(coalition, chosen, on=from_date)
    return coalition


def found_with_coordinator(
    *,
    name: str,
    level: str,
    municipalities: Iterable[Area],
    from_date: datetime.date,
    coordinator: dict[str, Any],
    by: Person | None,
    parent: Coalition | None = None,
) -> Coalition:
    """A new coalition together with who coordinates it first, who gets an invitation: both or none.

    `coordinator` holds the arguments of `roles.appoint_first_coordinator`.
    """
    with act(by=by):
        coalition = found_coalition(
            name=name,
            level=level,
            parent=parent,
            municipalities=municipalities,
            from_date=from_date,
            by=by,
        )
        roles.appoint_first_coordinator(coalition=coalition, by=by, **coordinator)
    return coalition


def change_parent(*, coalition: Coalition, parent: Coalition | None, by: Person | None) -> Coalition:
    """Put `coalition` under another one, or under none."""
    with act(by=by):
        coalition = _locked(coalition)
        coalition.parent = parent
        coalition.full_clean()
        coalition.save(update_fields=["parent"])
    return coalition


def change_area(
    *,
    coalition: Coalition,
    add: Iterable[Area] = (),
    remove: Iterable[Area] = (),
    on: datetime.date,
    by: Person | None,
) -> Coalition:
    """From `on` the municipalities in `add` belong to the coalition, and those in `remove` no longer."""
    with act(by=by):
        coalition = _locked(coalition)
        _remove(coalition, list(remove), on=on)
        _add(coalition, list(add), on=on)
        if coalition.level != Level.NATIONAL and not coalition.municipalities(on=on).exists():
            raise WithoutMunicipality
    return coalition


def change_profile(*, coalition: Coalition, by: Person, seen: int | None = None, **details: Any) -> Coalition:
    """Write what the profile tells and how requests to join are handled; see SETTINGS for `details`."""
    if unknown := details.keys() - SETTINGS:
        message = f"A coalition has no setting {', '.join(sorted(unknown))}."
        raise TypeError(message)
    with act(by=by):
        coalition = _locked(coalition)
        refuse_if_changed(coalition, seen=seen, wanted=details)
        for field, value in details.items():
            setattr(coalition, field, value)
        coalition.full_clean()
        coalition.save(update_fields=sorted(details))
    return coalition


def move_phase(
    *, coalition: Coalition, to: str, by: Person | None, reason: str = "", seen: str = ""
) -> Coalition:
    """Bring the coalition into phase `to`; `seen` is the phase on the screen of who does so."""
    with act(by=by):
        coalition = _locked(coalition)
        start = coalition.phase
        if seen and start != seen:
            raise PhaseChanged(coalition, seen=seen, to=to)
        if to not in PHASE_MOVES.get(start, ()):
            raise IllegalPhase(start, to)
        if to == Phase.FOUNDED and not _has_commissioner(coalition):
            raise WithoutCommissioner
        coalition.phase = to
        coalition.full_clean()
        coalition.save(update_fields=["phase"])
        step = PhaseStep(
            coalition=coalition, from_phase=start, to_phase=to, reason=reason.strip(), recorded_by=by
        )
        step.full_clean(exclude=["recorded_at"])
        step.save(force_insert=True)
    return coalition


def _has_commissioner(coalition: Coalition) -> bool:
    return coalition.roles.filter(role=Role.COMMISSIONER, valid_to__isnull=True).exists()


def _locked(coalition: Coalition) -> Coalition:
    """The coalition as it is now; who acts on it as well waits until this act is over."""
    return (
        Coalition.objects.select_for_update(of=("self",), no_key=True)
        .select_related("area", "parent")
        .get(pk=coalition.pk)
    )


def _add(coalition: Coalition, municipalities: list[Area], *, on: datetime.date) -> None:
    standing = set(
        AreaMember.objects.filter(region=coalition.area, member__in=municipalities)
        .exclude(valid_to__lte=on)
        .values_list("member", flat=True)
    )
    exist = set(
        Area.objects.municipalities()
        .filter(valid_on(on), pk__in=[area.pk for area in municipalities])
        .values_list("pk", flat=True)
    )
    for area in municipalities:
        if area.pk not in exist:
            raise NotAMunicipality(area, on)
        if area.pk in standing:
            raise AlreadyInArea(area)
    AreaMember.objects.bulk_create(
        AreaMember(region=coalition.area, member=area, kind=AreaKind.COALITION, valid_from=on)
        for area in municipalities
    )


def _remove(coalition: Coalition, municipalities: list[Area], *, on: datetime.date) -> None:
    links = AreaMember.objects.on(on).filter(region=coalition.area, member__in=municipalities)
    held = set(links.values_list("member", flat=True))
    for area in municipalities:
        if area.pk not in held:
            raise NotInArea(area)
    links.update(valid_to=on)


def replace_local(*, link: AreaMember, replaces_local: bool, by: Person | None) -> AreaMember:
    """Whether in this municipality the region works instead of a local coalition."""
    with act(by=by):
        link = AreaMember.objects.select_for_update(of=("self",), no_key=True).get(pk=link.pk)
        link.replaces_local = replaces_local
        link.full_clean()
        link.save(update_fields=["replaces_local"])
    return link
