"""A party without legal personality says for whom its representative signs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import parties
from covenants.authority import mandates_in
from covenants.documents import fixed_version
from covenants.signing_forms import NamedMembersForm
from covenants.views.proof_pages import chosen_organisation
from portal.acts import Refused


@requires(Permission.COVENANT_SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def named_members(request: HttpRequest, coalition: Coalition, document: str, number: int) -> HttpResponse:
    """One member a line; what the portal knows of them stands there already."""
    person: Any = request.user
    version = fixed_version(coalition, document, number)
    own = [mandate.representative.organisation for mandate in mandates_in(coalition, person)]
    nameless = [one for one in own if parties.needs_members(one)]
    chosen = chosen_organisation(request)
    organisation = next((one for one in nameless if chosen in (None, one.pk)), None)
    if organisation is None:
        raise Http404
    known = parties.members_of(version.covenant, organisation) or parties.known_members(organisation)
    form = NamedMembersForm(request.POST or None, initial={"members": "\n".join(known)})
    if request.method == "POST" and form.is_valid():
        try:
            parties.name_members(
                covenant=version.covenant,
                organisation=organisation,
                members=form.cleaned_data["members"].splitlines(),
                by=person,
            )
        except Refused as refusal:
            form.add_error("members", str(refusal))
        else:
            messages.success(request, "De leden staan erbij. U kunt nu tekenen.")
            page = reverse("covenants:signing", args=[coalition.slug, document, number])
            return redirect(f"{page}?organisatie={organisation.pk}")
    context = {"coalition": coalition, "version": version, "organisation": organisation, "form": form}
    return render(request, "covenants/named_members.html", context)
