"""Who speaks for an organisation: invited by a colleague or the coordinator, and thanked at the end."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import organisation_life
from coalitions.organisation_access import editable_organisations, own_organisations
from coalitions.organisation_forms import ColleagueForm, PortfolioForm
from coalitions.views.organisation_edit import home_of
from partners import representatives
from partners.models import Representative
from partners.requests import PersonRequest
from portal.act_pages import carried_out
from portal.acts import Refused
from portal.revisions import revision_of
from portal.signed_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody more who speaks for the organisation; a mail opens her account."""
    organisation = get_object_or_404(editable_organisations(request.user), pk=pk)
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    home = home_of(request, organisation)
    if form.is_bound and form.is_valid():
        try:
            speaker = representatives.invite(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{speaker.person} spreekt nu ook voor {organisation}.")
            return redirect(home)
    context = {"organisation": organisation, "form": form, "home": home}
    return render(request, "coalitions/colleague_invite.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Portfolio, and who is the first contact."""
    speaker = get_object_or_404(_speakers(request), pk=pk)
    form = PortfolioForm(
        request.POST if request.method == "POST" else None,
        initial={
            "portfolio": speaker.portfolio,
            "is_primary": speaker.is_primary,
            "seen": revision_of(speaker),
        },
    )
    home = home_of(request, speaker.organisation)

    def keep(portfolio: str, *, is_primary: bool, seen: int | None) -> None:
        representatives.change_portfolio(
            representative=speaker, portfolio=portfolio, by=request.user, seen=seen
        )
        if is_primary:
            representatives.make_primary(representative=speaker, by=request.user)

    if carried_out(request, form, keep, f"De gegevens van {speaker.person} zijn opgeslagen."):
        return redirect(home)
    context = {"speaker": speaker, "form": form, "home": home}
    return render(request, "coalitions/colleague_edit.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks first; the function, its seats and its power to sign end today."""
    speaker = get_object_or_404(_speakers(request), pk=pk)
    organisation = speaker.organisation
    home = home_of(request, organisation)
    if request.method == "POST":
        is_own = own_organisations(request.user).filter(pk=organisation.pk).exists()
        try:
            organisation_life.end_function(
                representative=speaker, by=request.user, may_leave_nobody=not is_own
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{speaker.person} spreekt niet meer voor {organisation}.")
            if speaker.person_id == request.user.pk:
                return redirect("coalitions:my-page")
        return redirect(home)
    return render(request, "coalitions/colleague_end.html", {"speaker": speaker, "home": home})


def _speakers(request: PersonRequest) -> QuerySet[Representative]:
    return (
        Representative.objects.current()
        .filter(organisation__in=editable_organisations(request.user))
        .select_related("person", "organisation")
    )
