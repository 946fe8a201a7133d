"""Who does what for the coalition: roles are given, handed over and ended, each with its days."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import roles
from coalitions.access import Permission, requires
from coalitions.models import Coalition, CoalitionRole, Role
from coalitions.role_forms import EndForm, RoleAddForm, RoleHandOverForm, WorkEditForm
from partners.requests import PersonRequest, sent
from portal import files
from portal.act_pages import carried_out
from portal.acts import Refused
from portal.revisions import revision_of


@requires(Permission.ROLES_ASSIGN)
@require_safe
def role_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Roles of now and later first, then those that are over."""
    found = coalition.roles.select_related("person", "assignment_document").order_by("-valid_from", "pk")
    held = sorted(found, key=lambda one: list(Role).index(Role(one.role)))
    return render(
        request,
        "coalitions/role_list.html",
        {
            "coalition": coalition,
            "current": [one for one in held if not one.is_over],
            "past": [one for one in held if one.is_over],
        },
    )


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def role_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A role for somebody, who hears of it by mail."""
    form = RoleAddForm(*sent(request))
    if form.is_bound and form.is_valid():
        try:
            given = roles.appoint(
                coalition=coalition,
                role=form.cleaned_data["role"],
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                from_date=form.cleaned_data["on"],
                until=form.cleaned_data["until"],
                by=request.user,
                **form.work,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, coalition, f"{given.person} is {given.get_role_display()}.")
    return render(request, "coalitions/role_add.html", {"coalition": coalition, "form": form})


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def role_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For whom and how many hours, and the document of the assignment."""
    held = _role(coalition, pk)
    initial = {"employer": held.employer, "hours_per_week": held.hours_per_week}
    form = WorkEditForm(*sent(request), initial=initial | {"seen": revision_of(held)})
    if carried_out(request, form, partial(roles.change_details, role=held, by=request.user), "Opgeslagen."):
        return redirect("coalitions:role-list", coalition.slug)
    return _page(request, coalition, held, form, "coalitions/role_edit.html")


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def role_hand_over(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Somebody else takes over; on that day the one ends and the other begins."""
    held = _role(coalition, pk)
    form = RoleHandOverForm(*sent(request))
    if form.is_bound and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("name", "email", "on")}
        try:
            given = roles.hand_over_to(role=held, by=request.user, **wanted, **form.work)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, coalition, f"{given.person} neemt de rol over van {held.person}.")
    return _page(request, coalition, held, form, "coalitions/role_hand_over.html")


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """From that day somebody has the role no more; today means at once."""
    held = _role(coalition, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            roles.end_role(role=held, by=request.user, on=form.cleaned_data["on"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, coalition, f"De rol van {held.person} eindigt.")
    return _page(request, coalition, held, form, "coalitions/role_end.html")


@requires(Permission.ROLES_ASSIGN)
@require_safe
def role_document(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The document of the assignment."""
    document = _role(coalition, pk).assignment_document
    if document is None:
        raise Http404
    return files.download(document)


def _role(coalition: Coalition, pk: int) -> CoalitionRole:
    return get_object_or_404(coalition.roles.select_related("person", "assignment_document"), pk=pk)


def _done(request: PersonRequest, coalition: Coalition, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    # Who gave up her own role just now has no right to the list any more.
    still_assigns = coalition.roles.current().filter(person=request.user, role=Role.COORDINATOR).exists()
    return redirect("coalitions:role-list", coalition.slug) if still_assigns else redirect("portal:landing")


def _page(
    request: PersonRequest, coalition: Coalition, held: CoalitionRole, form: Any, template: str
) -> HttpResponse:
    return render(request, template, {"coalition": coalition, "held": held, "form": form})
