"""Texts for tests: small, complete and in plain Dutch."""

from covenants.blocks import MeaningLine

BLOCKS = (
    {"kind": "title", "text": "Convenant Maas en Peel"},
    {"kind": "parties", "text": "De partijen:", "items": ["Gemeente Venlo", "Welzijn Maasdorp"]},
    {"kind": "consideration", "text": "dat een goede start voor elk kind telt"},
    {"kind": "consideration", "text": "dat geen partij dit alleen kan"},
    {"kind": "chapter", "text": "Samen werken"},
    {"kind": "article", "text": "Doel"},
    {"kind": "paragraph", "text": "Partijen werken samen aan de eerste duizend dagen."},
    {"kind": "paragraph", "text": "Zij doen dat door:"},
    {
        "kind": "list",
        "items": [
            {"text": "eerder te signaleren;", "depth": 0},
            {"text": "warm over te dragen, namelijk:", "depth": 0},
            {"text": "binnen een week", "depth": 1},
        ],
    },
    {"kind": "article", "text": "Geld"},
    {"kind": "paragraph", "text": "Elke partij betaalt haar eigen uren."},
    {
        "kind": "table",
        "text": "Bijdrage per jaar",
        "rows": [["Partij", "Bijdrage"], ["Gemeente Venlo", "€ 10.000"]],
    },
    {"kind": "annex", "text": "Werkwijze"},
    {"kind": "paragraph", "text": "De partijen komen vier keer per jaar bij elkaar."},
)
MEANING = {line.value: f"Eén regel over {line.label.lower()}." for line in MeaningLine}
