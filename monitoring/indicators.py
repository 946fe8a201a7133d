"""Bring the table of indicators in line with the definition files."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from monitoring.catalogue import Definition, DefinitionError
from monitoring.models import Indicator


@transaction.atomic
def sync_indicators(definitions: Iterable[Definition]) -> str:
    """Add new versions and make the newest the current one; a sentence on what there is now.

    Raises DefinitionError where the calculation of a version changed: that needs a new version,
    so that no line on a chart joins figures that mean different things.
    """
    known = {(row.code, row.version): row for row in Indicator.objects.select_for_update()}
    codes, added = set(), []
    for definition in definitions:
        codes.add(definition.code)
        row = known.get((definition.code, definition.version))
        facts = {
            "factor": definition.factor,
            "interval": definition.interval,
            "is_at_risk": definition.at_risk,
            "is_zero_at_risk": definition.disclosure == "counts-and-zero",
            "is_summed": definition.has_counts,
            "is_by_region": definition.is_by_region,
            "is_pooled_by_region": definition.pooled_level == "regio",
            "is_pooled_only": definition.pooled_only,
        }
        if row is None:
            added.append(
                Indicator(code=definition.code, version=definition.version, name=definition.name, **facts)
            )
            continue
        changed = [name for name, value in facts.items() if getattr(row, name) != value]
        if changed:
            raise DefinitionError(
                f"{definition.code}.toml: {', '.join(changed)} is anders dan in versie "
                f"{definition.version}. Geef de nieuwe berekening een nieuw versienummer."
            )
        if row.name != definition.name:
            row.name = definition.name
            row.save(update_fields=["name"])
    replaced = Q(code__in=[row.code for row in added]) | ~Q(code__in=codes)
    Indicator.objects.filter(replaced, is_current=True).update(is_current=False)
    Indicator.objects.bulk_create(added)
    return f"Indicatoren: {Indicator.objects.current().count()} in de catalogus."
