"""Talks of the coalition: the list, and writing one down."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import talks
from coalitions.access import Permission, can, requires
from coalitions.contact_filters import ContactFilter
from coalitions.member_forms import ContactForm
from coalitions.models import Coalition, Membership, OutreachContact
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done
from portal.acts import Refused
from portal.revisions import revision_of
from portal.tables import csv_response, xlsx_response

HEADER = (
    *("Organisatie", "Datum", "Soort", "Door", "Met wie", "Wat vinden zij belangrijk?", "Knelpunten"),
    *("Energie", "Werkwijze", "Visie", "Volgende stap", "Uiterlijk", "Stap gezet op"),
)


@requires(Permission.CONTACT_MOMENT_WRITE)
@require_safe
def contact_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Every talk that passes the filters, and what is still to be done."""
    return render(
        request,
        "coalitions/contact_list.html",
        {
            "coalition": coalition,
            "filter": _filtered(request, coalition),
            "overdue_count": coalition.contacts.overdue().count(),
            "may_export": can(request.user, Permission.PROSPECTS_EXPORT, coalition),
        },
    )


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def contact_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same talks as a CSV file, with what was said."""
    rows = _rows(request, coalition)
    return csv_response(filename=f"contactmomenten-{coalition.slug}.csv", header=HEADER, rows=rows)


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def contact_xlsx(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a workbook."""
    rows = _rows(request, coalition)
    name = f"contactmomenten-{coalition.slug}.xlsx"
    return xlsx_response(filename=name, title="Contactmomenten", header=HEADER, rows=rows)


def _filtered(request: HttpRequest, coalition: Coalition) -> ContactFilter:
    return ContactFilter(request.GET, coalition.contacts.select_related("organisation", "by"))


def _rows(request: HttpRequest, coalition: Coalition) -> list[list[Any]]:
    return [
        [
            talk.organisation.name,
            talk.on,
            talk.get_channel_display(),
            talk.by.name,
            talk.spoken_with,
            talk.important,
            talk.stuck,
            talk.energy,
            talk.working_method,
            talk.vision,
            talk.next_step,
            talk.due,
            talk.done_on,
        ]
        for talk in _filtered(request, coalition).rows
    ]


@requires(Permission.CONTACT_MOMENT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A talk with the organisation of one membership."""
    membership = get_object_or_404(coalition.memberships.for_list(), pk=pk)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            talks.record(
                coalition=coalition, organisation=membership.organisation, by=request.user, **_details(form)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het contact is vastgelegd.")
            return redirect(membership)
    return render(
        request,
        "coalitions/contact_add.html",
        {"coalition": coalition, "membership": membership, "form": form},
    )


@requires(Permission.CONTACT_MOMENT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Correct a talk; of two who do so at once the second sees both texts."""
    contact = get_object_or_404(coalition.contacts.select_related("organisation"), pk=pk)
    membership = _membership(contact)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={field: getattr(contact, field) for field in talks.DETAILS} | {"seen": revision_of(contact)},
    )
    if carried_out(request, form, partial(talks.change, contact=contact, by=request.user), "Opgeslagen."):
        return redirect(membership)
    return render(
        request,
        "coalitions/contact_edit.html",
        {"coalition": coalition, "membership": membership, "contact": contact, "form": form},
    )


@requires(Permission.CONTACT_MOMENT_WRITE)
@require_POST
def contact_step(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The next step of a talk was taken."""
    contact = get_object_or_404(coalition.contacts.select_related("organisation"), pk=pk)
    return done(
        request,
        lambda: talks.take_step(contact=contact, by=request.user),
        f"Gezet: {contact.next_step}. Leg het nieuwe contact vast als er een was.",
        _membership(contact),
    )


def _details(form: ContactForm) -> dict[str, Any]:
    return {field: form.cleaned_data[field] for field in talks.DETAILS}


def _membership(contact: OutreachContact) -> Membership:
    """The spell that runs, or else the last one; nobody is talked to without one."""
    spells = contact.coalition.memberships.filter(organisation=contact.organisation_id)
    return spells.order_by(F("left_on").desc(nulls_first=True), "-pk")[0]
