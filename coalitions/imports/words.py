"""The words on the screen for what an import changes."""

FIELD_WORDS = {
    "name": "Naam",
    "short_name": "Korte naam",
    "type_id": "Soort",
    "municipality_id": "Gemeente",
    "kvk": "KvK-nummer",
    "agb": "AGB-code",
    "oin": "OIN",
    "website": "Website",
    "phone": "Telefoon",
    "general_email": "Algemeen mailadres",
    "description": "Beschrijving",
    "state": "Stand",
    "joined_on": "Lid sinds",
    "contribution_role": "Rol in de coalitie",
    "email": "Mailadres",
    "function": "Functie",
    "portfolio": "Portefeuille",
    "is_primary": "Eerste aanspreekpunt",
    "level": "Niveau van de zetel",
}
