"""The borders of municipalities for the maps: which years there are, and bringing in a file."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from monitoring.boundary_forms import BoundaryForm
from partners.boundaries import BoundariesRefused, import_boundaries
from partners.models import BoundaryFile, Person
from portal.acts import Refused
from portal.findings import Issue


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIGURES_DELIVER)
def boundary_list(request: HttpRequest) -> HttpResponse:
    """The files that hold, and a form for another one."""
    form = BoundaryForm(request.POST or None, request.FILES or None)
    issues: tuple[Issue, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            file = _brought_in(form, cast(Person, request.user))
        except BoundariesRefused as refusal:
            issues = refusal.issues
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            day = date_format(file.valid_from, "j F Y")
            messages.success(request, f"De kaarten tonen nu de grenzen van {day}.")
            return redirect("monitoring:boundary-list")
    context = {"form": form, "issues": issues, "files": BoundaryFile.objects.select_related("imported_by")}
    return render(request, "monitoring/boundary_list.html", context, status=422 if issues else 200)


def _brought_in(form: BoundaryForm, by: Person) -> BoundaryFile:
    upload = form.cleaned_data["bestand"]
    return import_boundaries(
        content=upload.read(), filename=upload.name, by=by, year=form.cleaned_data["jaar"]
    )
