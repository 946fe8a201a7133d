"""The profile of an organisation, kept by its own people, its coordinators and the administrator."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.organisation_access import editable_organisations, own_organisations
from coalitions.organisation_forms import LocationForm, NamesForm, OrganisationForm
from partners import organisation_details, organisations
from partners.models import Area, Location, Organisation
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done
from portal.acts import Refused
from portal.revisions import revision_of
from portal.signed_in import signed_in


def home_of(request: PersonRequest, organisation: Organisation) -> str:
    """Where somebody goes back to: her own organisation, or its page."""
    if own_organisations(request.user).filter(pk=organisation.pk).exists():
        return organisation.own_page
    return organisation.get_absolute_url()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The form; what somebody else changed meanwhile is shown beside one's own words."""
    organisation = _editable(request, pk)
    home = home_of(request, organisation)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, initial=OrganisationForm.initial_of(organisation)
    )
    context: dict[str, Any] = {"organisation": organisation, "form": form, "home": home}
    if form.is_bound and form.is_valid():
        try:
            organisations.change_organisation(
                organisation=organisation,
                by=request.user,
                revision=form.cleaned_data["revision"] or 0,
                confirms=home == organisation.own_page,
                **form.details,
            )
        except organisations.ChangedMeanwhile as meanwhile:
            # Her words stay in the form; sent once more, they are written over what is there now.
            data = request.POST.copy()
            data["revision"] = str(meanwhile.revision)
            form.data = data
            context["meanwhile"] = meanwhile
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De gegevens zijn opgeslagen.")
            return redirect(home)
    return render(request, "coalitions/organisation_edit.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_names(request: PersonRequest, pk: int) -> HttpResponse:
    """Other names and the service area; only what this form changes is written."""
    organisation = _editable(request, pk)
    served = Area.objects.filter(served_by__organisation=organisation)
    form = NamesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "names": "\n".join(organisation.aliases.values_list("name", flat=True)),
            "municipalities": "\n".join(served.values_list("code", flat=True)),
        },
    )
    home = home_of(request, organisation)
    if form.is_bound and form.is_valid() and _write_names(request, organisation, form):
        messages.success(request, "De namen en het werkgebied zijn opgeslagen.")
        return redirect(home)
    context = {"organisation": organisation, "form": form, "home": home, "served": served}
    return render(request, "coalitions/organisation_names.html", context)


def _write_names(request: PersonRequest, organisation: Organisation, form: NamesForm) -> bool:
    add, remove = form.name_changes
    areas: list[Area] = form.cleaned_data["areas"]
    shown = Area.objects.filter(code__in=form.shown_codes)
    given = {area.pk for area in areas}
    try:
        organisation_details.change_names(
            organisation=organisation,
            by=request.user,
            add=add,
            remove=list(organisation.aliases.filter(name__in=remove)),
        )
        organisation_details.change_service_area(
            organisation=organisation,
            by=request.user,
            add=[area for area in areas if area not in shown],
            remove=[area for area in shown if area.pk not in given],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@signed_in
@require_POST
def organisation_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """The yearly "klopt dit nog?": yes."""
    organisation = get_object_or_404(own_organisations(request.user), pk=pk)
    return done(
        request,
        lambda: organisations.confirm(organisation=organisation, by=request.user),
        "Fijn. Over een jaar vragen we het weer.",
        organisation.own_page,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def location_add(request: PersonRequest, pk: int) -> HttpResponse:
    """One more place where the organisation works."""
    return _location(request, _editable(request, pk), None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def location_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Another address or name for a place."""
    location = get_object_or_404(_locations(request), pk=pk)
    return _location(request, location.organisation, location)


@signed_in
@require_POST
def location_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """The organisation works there no more."""
    location = get_object_or_404(_locations(request), pk=pk)
    organisation_details.remove_location(location=location, by=request.user)
    messages.success(request, f"De locatie in {location.city} is weggehaald.")
    return redirect(home_of(request, location.organisation))


def _location(request: PersonRequest, organisation: Organisation, location: Location | None) -> HttpResponse:
    home = home_of(request, organisation)
    form = LocationForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(location, name) for name in ("name", "street", "postcode", "city")}
        | {"municipality": location.municipality.code if location.municipality else ""}
        | {"seen": revision_of(location)}
        if location
        else None,
    )

    def keep(seen: int | None, **details: Any) -> None:
        if location is None:
            organisation_details.add_location(organisation=organisation, by=request.user, **details)
        else:
            organisation_details.change_location(location=location, by=request.user, seen=seen, **details)

    if carried_out(request, form, keep, "De locatie is opgeslagen."):
        return redirect(home)
    context = {"organisation": organisation, "location": location, "form": form, "home": home}
    return render(request, "coalitions/location_edit.html", context)


def _editable(request: PersonRequest, pk: int) -> Organisation:
    found = editable_organisations(request.user).select_related("type", "municipality")
    return get_object_or_404(found, pk=pk)


def _locations(request: PersonRequest) -> QuerySet[Location]:
    return Location.objects.filter(organisation__in=editable_organisations(request.user)).select_related(
        "organisation__type", "municipality"
    )
