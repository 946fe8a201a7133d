"""Kinds of organisations, each with its domain: what the portal starts with, and how it changes."""

from partners.models import Domain, OrganisationType, Person
from portal.acts import act

# Code, name, name in the plural.
START: dict[str, tuple[tuple[str, str, str], ...]] = {
    Domain.PUBLIC: (
        ("gemeente", "gemeente", "gemeenten"),
        ("provincie", "provincie", "provincies"),
        ("ggd", "GGD", "GGD’en"),
        ("ministerie", "ministerie", "ministeries"),
        ("rvdk", "Raad voor de Kinderbescherming", "vestigingen Raad voor de Kinderbescherming"),
        ("kennisinstituut", "kennisinstituut", "kennisinstituten"),
        ("adviesbureau", "adviesbureau", "adviesbureaus"),
    ),
    Domain.MEDICAL: (
        ("jgz", "jeugdgezondheidszorg", "organisaties voor jeugdgezondheidszorg"),
        ("verloskundigenpraktijk", "verloskundigenpraktijk", "verloskundigenpraktijken"),
        ("verloskundigencooperatie", "verloskundigencoöperatie", "verloskundigencoöperaties"),
        ("vsv", "verloskundig samenwerkingsverband", "verloskundige samenwerkingsverbanden"),
        ("igo", "integrale geboortezorgorganisatie", "integrale geboortezorgorganisaties"),
        ("ziekenhuis", "ziekenhuis", "ziekenhuizen"),
        ("geboortecentrum", "geboortecentrum", "geboortecentra"),
        ("kraamzorg", "kraamzorg", "kraamzorgorganisaties"),
        ("huisartsenpraktijk", "huisartsenpraktijk", "huisartsenpraktijken"),
        ("huisartsenzorggroep", "huisartsenzorggroep", "huisartsenzorggroepen"),
        ("zorgverzekeraar", "zorgverzekeraar", "zorgverzekeraars"),
        ("ggz", "geestelijke gezondheidszorg", "organisaties voor geestelijke gezondheidszorg"),
        ("verslavingszorg", "verslavingszorg", "organisaties voor verslavingszorg"),
        ("vvt", "verpleging en thuiszorg", "organisaties voor verpleging en thuiszorg"),
        ("ros", "regionale ondersteuningsstructuur", "regionale ondersteuningsstructuren"),
        ("roaz", "regionaal overleg acute zorg", "regionale overleggen acute zorg"),
        ("consortium", "geboortezorgconsortium", "geboortezorgconsortia"),
        ("beroepsvereniging", "beroepsvereniging", "beroepsverenigingen"),
    ),
    Domain.SOCIAL: (
        ("cjg", "centrum voor jeugd en gezin", "centra voor jeugd en gezin"),
        ("vg_zorg", "gehandicaptenzorg", "organisaties voor gehandicaptenzorg"),
        ("welzijn", "welzijnsorganisatie", "welzijnsorganisaties"),
        ("sociaal_wijkteam", "sociaal wijkteam", "sociale wijkteams"),
        ("toegangsteam", "toegangsteam", "toegangsteams"),
        ("schuldhulp", "schuldhulpverlening", "organisaties voor schuldhulpverlening"),
        (
            "maatschappelijk_werk",
            "maatschappelijk werk",
            "organisaties voor maatschappelijk werk",
        ),
        ("sociale_raadslieden", "sociale raadslieden", "groepen sociale raadslieden"),
        ("jeugdhulp", "jeugdhulp", "organisaties voor jeugdhulp"),
        ("mee", "MEE", "MEE-organisaties"),
        ("kinderopvang", "kinderopvang", "kinderopvangorganisaties"),
        ("school", "school", "scholen"),
        ("veilig_thuis", "Veilig Thuis", "Veilig Thuis-organisaties"),
        ("reclassering", "reclassering", "organisaties voor reclassering"),
        ("vrouwenopvang", "vrouwenopvang", "organisaties voor vrouwenopvang"),
        ("dakloosheid", "opvang voor dakloze mensen", "opvangorganisaties voor dakloze mensen"),
        ("woningcorporatie", "woningcorporatie", "woningcorporaties"),
    ),
    Domain.INFORMAL: (
        ("vrijwilligers", "vrijwilligersorganisatie", "vrijwilligersorganisaties"),
        ("ervaringsdeskundigen", "ervaringsdeskundigen", "groepen ervaringsdeskundigen"),
    ),
}


def load_organisation_types() -> str:
    """Add the kinds that are missing; what an administrator changed stays. Safe to repeat."""
    known = set(OrganisationType.objects.values_list("code", flat=True))
    OrganisationType.objects.bulk_create(
        OrganisationType(code=code, name=name, name_plural=plural, domain=domain)
        for domain, kinds in START.items()
        for code, name, plural in kinds
        if code not in known
    )
    return f"Soorten organisaties: {OrganisationType.objects.count()}."


def add_type(*, code: str, name: str, name_plural: str, domain: str, by: Person | None) -> OrganisationType:
    """A new kind of organisation."""
    with act(by=by):
        kind = OrganisationType(code=code, name=name, name_plural=name_plural, domain=domain)
        kind.full_clean()
        kind.save(force_insert=True)
    return kind


def change_type(
    *, kind: OrganisationType, name: str, name_plural: str, domain: str, by: Person | None
) -> OrganisationType:
    """Rename a kind or move it to another domain; its code stays, because rules speak of it."""
    with act(by=by):
        kind.name, kind.name_plural, kind.domain = name, name_plural, domain
        kind.full_clean()
        kind.save(update_fields=["name", "name_plural", "domain"])
    return kind
