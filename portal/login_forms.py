"""Forms of allauth whose words are missing or clumsy in Dutch; see settings.MFA_FORMS."""

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class PortalActivateTOTPForm(ActivateTOTPForm):
    """Switch on an app with codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PortalAddWebAuthnForm(AddWebAuthnForm):
    """Add a passkey; it may replace the password from the start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam van de passkey"
        passwordless = self.fields["passwordless"]
        passwordless.label = "Hiermee wil ik ook zonder wachtwoord inloggen"
        passwordless.help_text = "Je apparaat vraagt dan altijd om je vingerafdruk, gezicht of pincode."
        passwordless.initial = True


class PortalEditWebAuthnForm(EditWebAuthnForm):
    """Give a passkey another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam van de passkey"
