"""Settings of the seal that are each fine and wrong together."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from covenants.seal_kinds import KINDS, TEST

# What each kind of seal cannot do without.
NEEDED = {
    "pem": ("CERTIFICATE", "KEY", "TRUST"),
    "pkcs12": ("PKCS12_PATH", "TRUST"),
    "pkcs11": ("CERTIFICATE", "PKCS11_LIBRARY", "PKCS11_TOKEN", "PKCS11_KEY", "TRUST"),
    "csc": ("CSC_URL", "CSC_CREDENTIAL", "TRUST"),
}


@register(Tags.security)
def test_seal_never_in_production(**_: Any) -> list[CheckMessage]:
    """A seal of our own making proves nothing to anybody."""
    if not settings.IS_PRODUCTION or settings.SEAL["KIND"] != TEST:
        return []
    return [
        Error(
            "PORTAL_SEAL=test staat aan in productie: zulke zegels bewijzen niets.",
            hint="Kies pem, pkcs12, pkcs11 of csc, met uw eigen certificaat (zie .env.example).",
            id="covenants.E001",
        )
    ]


@register(Tags.security)
def seal_is_chosen_in_production(**_: Any) -> list[CheckMessage]:
    """Without a seal every signature waits for its proof."""
    if not settings.IS_PRODUCTION or settings.SEAL["KIND"]:
        return []
    return [
        Warning(
            "PORTAL_SEAL ontbreekt: wie tekent, krijgt geen verzegeld bewijs.",
            hint="Kies pem, pkcs12, pkcs11 of csc (zie .env.example).",
            id="covenants.W001",
        )
    ]


@register(Tags.compatibility)
def seal_has_what_it_needs(**_: Any) -> list[CheckMessage]:
    """A seal with half its settings fails at the first signature, long after the start."""
    kind = str(settings.SEAL["KIND"])
    if kind and kind not in KINDS:
        return [Error(f"PORTAL_SEAL={kind}: kies uit {', '.join(KINDS)}.", id="covenants.E002")]
    missing = [f"SEAL_{name}" for name in NEEDED.get(kind, ()) if not settings.SEAL[name]]
    if kind in NEEDED and len(settings.SEAL["TSA_URLS"]) < 2:
        missing.append("SEAL_TSA_URLS (twee adressen)")
    if not missing:
        return []
    return [
        Error(
            f"PORTAL_SEAL={kind} heeft nog nodig: {', '.join(missing)}.",
            hint="Elke instelling staat met uitleg in .env.example.",
            id="covenants.E003",
        )
    ]
