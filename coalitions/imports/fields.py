"""What the columns of a table of members or people can hold, by the headings of our own export."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from coalitions.models import MembershipState, SeatLevel
from partners.models import Area, OrganisationType
from portal import import_cells as cells
from portal.import_cells import ImportField, Value, heading_key
from portal.import_plans import Table
from portal.text_guard import find_bsn

NUMBER = "Nummer in het portaal"
# Headings of numbers that only look like a citizen number: of organisations and telephones.
OTHER_NUMBERS = (
    "rsin",
    "fiscaal",
    "btw",
    "tel",
    "mobiel",
    "gsm",
    "fax",
    "kvk",
    "agb",
    "oin",
    "iban",
    "vestiging",
)


def member_fields() -> tuple[ImportField, ...]:
    """Fields of an organisation and its membership. Two queries."""
    places = _municipalities()
    return (
        ImportField(key="number", label=NUMBER, read=cells.number),
        ImportField(
            key="name",
            label="Naam",
            read=cells.text(200),
            synonyms=("organisatie", "organisatienaam", "naam organisatie", "instelling", "partij"),
            is_free_text=True,
        ),
        ImportField(
            key="short_name",
            label="Korte naam",
            read=cells.text(60),
            synonyms=("afkorting",),
            is_free_text=True,
        ),
        ImportField(
            key="type_id",
            label="Soort",
            read=cells.choice(_types(), "Gebruik een soort uit de lijst, bijvoorbeeld ‘kraamzorg’."),
            synonyms=("soort organisatie", "type", "organisatietype"),
        ),
        ImportField(
            key="municipality_id",
            label="Gemeente",
            read=cells.choice(
                places.options,
                "Schrijf de naam precies zoals het CBS, of de code. Bij twee Bergens: Bergen (L.) of GM0893.",
            ),
            synonyms=("gemeentecode", "gemeentenaam", "vestigingsgemeente", "gm-code"),
            spellings=places.spellings,
        ),
        ImportField(
            key="kvk",
            label="KvK-nummer",
            read=cells.digits(8, "KvK-nummer", shortest=7),
            synonyms=("kvk", "handelsregisternummer"),
        ),
        ImportField(
            key="branch",
            label="Vestigingsnummer",
            read=cells.digits(12, "vestigingsnummer"),
            synonyms=("vestiging",),
        ),
        ImportField(
            key="rsin",
            label="RSIN",
            read=cells.digits(9, "RSIN", shortest=8),
            synonyms=("fiscaal nummer",),
        ),
        ImportField(
            key="agb", label="AGB-code", read=cells.digits(8, "AGB-code", shortest=7), synonyms=("agb",)
        ),
        ImportField(
            key="oin",
            label="OIN",
            read=cells.digits(20, "OIN"),
            synonyms=("organisatie-identificatienummer",),
        ),
        ImportField(key="website", label="Website", read=cells.website, synonyms=("url", "webadres", "site")),
        ImportField(key="phone", label="Telefoon", read=cells.phone, synonyms=("telefoonnummer", "tel")),
        ImportField(
            key="general_email",
            label="Algemeen mailadres",
            read=cells.email,
            synonyms=("e-mail", "email", "mail", "mailadres", "e-mailadres"),
        ),
        ImportField(
            key="description",
            label="Beschrijving",
            read=cells.text(5000),
            synonyms=("omschrijving", "toelichting"),
            is_free_text=True,
        ),
        ImportField(
            key="state",
            label="Stand",
            read=cells.choice(
                cells.options((state.value, (state.value, state.label)) for state in MembershipState),
                "Kies uit: " + ", ".join(state.label for state in MembershipState) + ".",
            ),
            synonyms=("status", "lidmaatschap"),
        ),
        ImportField(
            key="contribution_role",
            label="Rol in de coalitie",
            read=cells.text(120),
            synonyms=("rol",),
            is_free_text=True,
        ),
        ImportField(
            key="joined_on",
            label="Lid sinds",
            read=cells.past_day(timezone.localdate()),
            synonyms=("lid vanaf", "startdatum", "datum toetreding"),
        ),
    )


def people_fields() -> tuple[ImportField, ...]:
    """Fields of somebody who speaks for an organisation on the list. One query."""
    places = _municipalities()
    return (
        ImportField(
            key="organisation",
            label="Organisatie",
            read=cells.text(200),
            synonyms=("organisatienaam", "naam organisatie", "werkgever", "instelling"),
        ),
        ImportField(
            key="kvk",
            label="KvK-nummer",
            read=cells.digits(8, "KvK-nummer", shortest=7),
            synonyms=("kvk", "handelsregisternummer"),
        ),
        ImportField(
            key="municipality_id",
            label="Gemeente",
            read=cells.choice(places.options, "Schrijf de naam precies zoals het CBS, of de code."),
            synonyms=("gemeentecode", "gemeentenaam"),
            spellings=places.spellings,
        ),
        ImportField(
            key="name",
            label="Naam",
            read=cells.text(150),
            synonyms=("persoon", "naam persoon", "contactpersoon", "volledige naam"),
            is_free_text=True,
        ),
        ImportField(
            key="function",
            label="Functie",
            read=cells.text(120),
            synonyms=("functietitel", "rol"),
            is_free_text=True,
        ),
        ImportField(key="portfolio", label="Portefeuille", read=cells.text(120), is_free_text=True),
        ImportField(
            key="email",
            label="Mailadres",
            read=cells.own_email,
            synonyms=("e-mail", "email", "mail", "e-mailadres"),
        ),
        ImportField(
            key="phone", label="Telefoon", read=cells.phone, synonyms=("telefoonnummer", "tel", "mobiel")
        ),
        ImportField(
            key="is_primary",
            label="Eerste aanspreekpunt",
            read=cells.yes_or_no,
            synonyms=("aanspreekpunt", "contact"),
        ),
        ImportField(
            key="level",
            label="Niveau van de zetel",
            read=cells.choice(
                cells.options((level.value, (level.value, level.label)) for level in SeatLevel),
                "Kies uit: " + ", ".join(level.label for level in SeatLevel) + ".",
            ),
            synonyms=("niveau", "zetel"),
        ),
    )


def _types() -> dict[str, Value]:
    rows = OrganisationType.objects.values_list("pk", "code", "name", "name_plural")
    return cells.options((pk, words) for pk, *words in rows)


class _Places(NamedTuple):
    """The municipalities by every way to write them, and how each is written in full."""

    options: dict[str, Value]
    spellings: dict[Value, tuple[str, ...]]


def _municipalities() -> _Places:
    """By the exact name and by the code, also without GM or its zeros."""
    # Of today first; one that is gone is recognised, so that the check can tell what became of it.
    rows = Area.objects.municipalities().order_by("-valid_from").values_list("pk", "code", "name", "valid_to")
    today = timezone.localdate()
    places = sorted(rows, key=lambda row: row[3] is not None and row[3] <= today)
    return _Places(
        cells.options((pk, _ways(code, name)) for pk, code, name, _ in places),
        {pk: (f"{name} ({code})", name, code) for pk, code, name, _ in places},
    )


def _ways(code: str, name: str) -> list[str]:
    digits = code.removeprefix("GM")
    bare = digits.lstrip("0")
    return [name, f"{name} ({code})", code, digits, bare, f"GM{bare}", f"Gemeente {name}"]


def without_citizen_numbers(
    table: Table, known: Sequence[ImportField], notes: list[str]
) -> list[tuple[int, list[str]]]:
    """The lines, without the cells of unknown columns in which a citizen number may stand.

    Columns that are known tell of it row by row; columns of other numbers are left alone.
    """
    headings = frozenset[str]().union(*(field.headings for field in known))
    doubtful = set()
    for place, title in enumerate(table.header):
        key = heading_key(title)
        if key in headings or any(word in key for word in OTHER_NUMBERS):
            continue
        cells = (line[place] for _, line in table.lines if place < len(line))
        if "bsn" in key or "burgerservicenummer" in key or any(cell and find_bsn(cell) for cell in cells):
            doubtful.add(place)
            notes.append(
                f"Kolom ‘{title}’ is niet gelezen: er staan getallen in"
                " die een burgerservicenummer kunnen zijn."
            )
    if not doubtful:
        return table.lines
    return [
        (number, ["" if place in doubtful else cell for place, cell in enumerate(cells)])
        for number, cells in table.lines
    ]
