"""From a figure back to the file and the row that it was made from.

Only of what is shown: of a count that is protected not even the place in a file is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from monitoring.models import Aggregate, Edition, HospitalFigure, ImportFile, Observation, Publication
from partners.models import Area, AreaKind, AreaMember


@dataclass(frozen=True, kw_only=True)
class OriginRow:
    """One count that went into the figure, with the row of the file that said it."""

    figure: Aggregate
    file: ImportFile | None
    row_number: int | None


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """The calculation, and every count under the figure."""

    edition: Edition
    rows: Sequence[OriginRow]
    # Of a VSV that is the sum of several: what each of its hospitals said, and where.
    hospitals: Sequence[HospitalFigure] = ()

    @property
    def files(self) -> list[ImportFile]:
        """The files of these rows, each once."""
        said = (*(row.file for row in self.rows), *(one.import_file for one in self.hospitals))
        return list(dict.fromkeys(file for file in said if file))


def provenance_of(figure: Aggregate) -> Provenance | None:
    """What a shown figure was made of; None where it is not shown. Four queries."""
    if figure.value is None:
        return None
    edition = Edition.objects.select_related("partition__run").get(
        release__in=Publication.objects.values("release"), indicator=figure.indicator, period=figure.period
    )
    said = _said(edition)
    if own := said.filter(area=figure.area).first():
        rows = [_row(figure, {own.area_id: own})]
        return Provenance(edition=edition, rows=rows, hospitals=_hospitals(edition, own))
    parts = _parts(figure)
    shown = [part.area_id for part in parts if part.value is not None]
    by_area = {row.area_id: row for row in said.filter(area__in=shown)}
    return Provenance(edition=edition, rows=[_row(part, by_area) for part in parts])


def _said(edition: Edition) -> QuerySet[Observation]:
    """What sources had said when the edition was worked out."""
    return Observation.objects.filter(_known_to(edition)).select_related("import_file", "area")


def _known_to(edition: Edition) -> Q:
    """As `rules.KNOWN_TO`."""
    return Q(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=edition.as_of),
        indicator=edition.indicator_id,
        period=edition.period_id,
        import_file__lte=edition.through_id,
    )


def _hospitals(edition: Edition, own: Observation) -> list[HospitalFigure]:
    """The hospitals that a figure of a VSV is the sum of; none where the VSV itself delivered it last."""
    if own.area.kind != AreaKind.VSV:
        return []
    said = HospitalFigure.objects.filter(_known_to(edition), vsv=own.area_id)
    found = list(said.select_related("hospital", "import_file").order_by("hospital__name"))
    return found if any(one.import_file_id == own.import_file_id for one in found) else []


def _parts(figure: Aggregate) -> list[Aggregate]:
    """The figures of the municipalities of a region; of a municipality its own, because the figures of its
    districts are shown nowhere."""
    if figure.area.kind == AreaKind.MUNICIPALITY:
        return [figure]
    members = AreaMember.objects.on(figure.period.reference_date).filter(region=figure.area)
    rows = Aggregate.objects.filter(
        indicator=figure.indicator,
        period=figure.period,
        area__in=Area.objects.filter(kind=AreaKind.MUNICIPALITY, pk__in=members.values("member")),
    )
    return list(rows.select_related("area", "period").order_by(F("area__sort_key")))


def _row(figure: Aggregate, by_area: dict[int, Observation]) -> OriginRow:
    said = by_area.get(figure.area_id)
    return OriginRow(
        figure=figure,
        file=said.import_file if said else None,
        row_number=said.row_number if said else None,
    )
