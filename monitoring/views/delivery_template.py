"""A table to fill in, for each indicator."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from monitoring import delivery_files
from monitoring.selection import definition_of
from portal.tables import csv_response, xlsx_response


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_template_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as Dutch CSV."""
    definition = definition_of(code)
    return csv_response(
        filename=delivery_files.filename(definition, "csv"),
        header=delivery_files.HEADER,
        rows=delivery_files.rows(definition),
    )


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_template_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook."""
    definition = definition_of(code)
    return xlsx_response(
        filename=delivery_files.filename(definition, "xlsx"),
        title=definition.code,
        header=delivery_files.HEADER,
        rows=delivery_files.rows(definition),
    )


@require_safe
@requires(Permission.FIGURES_DELIVER)
def birth_template_csv(request: HttpRequest) -> HttpResponse:
    """The table of hospitals and VSV's as Dutch CSV."""
    return csv_response(
        filename="sjabloon-geboortezorg.csv",
        header=delivery_files.VSV_HEADER,
        rows=delivery_files.vsv_rows(),
    )


@require_safe
@requires(Permission.FIGURES_DELIVER)
def birth_template_xlsx(request: HttpRequest) -> HttpResponse:
    """The table of hospitals and VSV's as a workbook."""
    return xlsx_response(
        filename="sjabloon-geboortezorg.xlsx",
        title="geboortezorg",
        header=delivery_files.VSV_HEADER,
        rows=delivery_files.vsv_rows(),
    )
