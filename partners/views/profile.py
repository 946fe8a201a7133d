"""One's own profile."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partners import people
from partners.forms import ProfileForm
from portal.acts import Refused
from portal.signed_in import signed_in

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """Change name, telephone and who may see them; the way to everything else of the account."""
    person: Any = request.user
    initial = {field: getattr(person, field) for field in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_profile(person=person, **form.cleaned_data, by=person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Je profiel is opgeslagen.")
            return redirect("partners:profile")
    context = {"form": form, "has_second_step": is_mfa_enabled(person, SECOND_STEPS)}
    return render(request, "partners/profile.html", context)
