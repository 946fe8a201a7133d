"""Forms around one's own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, RequestLoginCodeForm, ResetPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from partners.login import has_account
from partners.models import Person

PHONE = RegexValidator(r"^\+?[0-9 ()-]{6,}$", "Vul een telefoonnummer in, zoals 06 12345678.")


class NameField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label="Naam",
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )


class NewPasswordField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **options,
        )


class AcceptInvitationForm(forms.Form):
    """Check the name, and choose a password or none."""

    name = NameField()
    password = NewPasswordField(
        label="Wachtwoord",
        help_text="Ten minste 12 tekens. Kies je geen wachtwoord? "
        "Dan log je in met een code die je per mail krijgt.",
    )
    password_again = NewPasswordField(label="Wachtwoord nog een keer")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.initial["name"] = person.name

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if (
            "password" in cleaned
            and "password_again" in cleaned
            and cleaned["password"] != cleaned["password_again"]
        ):
            self.add_error("password_again", "De twee wachtwoorden zijn niet gelijk.")
        return cleaned


class MailChoiceForm(forms.Form):
    """Which mail somebody wants."""

    mail_choice = forms.ChoiceField(
        label="Welke mail wil je?", choices=Person.MailChoice, widget=forms.RadioSelect
    )


class ProfileForm(forms.Form):
    """What somebody tells about herself."""

    name = NameField()
    phone = forms.CharField(
        label="Telefoon",
        required=False,
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    shares_contact = forms.ChoiceField(
        label="Wie mag je mailadres en telefoonnummer zien?",
        choices=Person.Shares.choices,
        widget=forms.RadioSelect,
        help_text="De coördinator van je coalitie en het team zien je mailadres altijd.",
    )


class PortalLoginForm(LoginForm):
    """The page links to a new password after the fields, so that Tab goes from field to field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class PortalRequestLoginCodeForm(RequestLoginCodeForm):
    """Who is known but was never invited gets the answer of an unknown address."""

    def clean_email(self) -> str:
        email = super().clean_email()
        user = getattr(self, "_user", None)
        if user is None or not has_account(user):
            self._user = None
            adapter = get_adapter()
            code = adapter.generate_login_code()
            adapter.write_to_nobody("account/email/login_code", email, {"code": code})
        return email


class PortalResetPasswordForm(ResetPasswordForm):
    """Who is known but was never invited gets the answer of an unknown address."""

    users: list[Person]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if has_account(user)]
        if not self.users:
            url = {"password_reset_url": settings.PORTAL_ORIGIN}
            get_adapter().write_to_nobody("account/email/password_reset_key", email, url)
        return email
