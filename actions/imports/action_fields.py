"""What the columns of a table of actions can hold, by the headings of our own export.

Names of themes, members, groups and municipalities stay names here: the check looks them up, so that
one that is gone by the time of saving is noticed.
"""

from django.db.models import Choices

from actions.models import ActionKind, ActionPhase, ActionPriority, ActionState
from portal import import_cells as cells
from portal.import_cells import ImportField, Read

# For the screen and for what the check says.
WORDS = {
    "title": "Actie",
    "theme_id": "Thema",
    "kind": "Soort",
    "phase": "Moment",
    "state": "Stand",
    "lead_id": "Trekker",
    "lead_name": "Trekker buiten de coalitie",
    "group_id": "Werkgroep",
    "starts_on": "Begint op",
    "due_on": "Klaar op",
    "priority": "Voorrang",
    "places": "Waar",
    "districts": "Wijken",
    "why": "Waarom",
    "result_expected": "Moet opleveren",
}
WHOLE_REGION = "de hele regio"


def _one_of(choices: type[Choices]) -> Read:
    words = [(value, (str(value), str(label))) for value, label in choices.choices]
    return cells.choice(
        cells.options(words), f"Kies uit: {', '.join(str(label) for label in choices.labels)}. Of laat leeg."
    )


def action_fields() -> tuple[ImportField, ...]:
    """Fields of an action, as who made a list of their own may call them too."""
    return (
        ImportField(key="number", label="Nummer", read=cells.number, synonyms=("nr",)),
        ImportField(
            key="title",
            label=WORDS["title"],
            read=cells.text(150),
            synonyms=("titel", "naam", "wat gaan we doen", "activiteit"),
            is_free_text=True,
        ),
        ImportField(
            key="theme", label=WORDS["theme_id"], read=cells.text(130), synonyms=("programmalijn", "pijler")
        ),
        ImportField(
            key="kind", label=WORDS["kind"], read=_one_of(ActionKind), synonyms=("type", "soort actie")
        ),
        ImportField(key="phase", label=WORDS["phase"], read=_one_of(ActionPhase), synonyms=("levensfase",)),
        ImportField(key="state", label=WORDS["state"], read=_one_of(ActionState), synonyms=("status",)),
        ImportField(
            key="lead",
            label=WORDS["lead_id"],
            read=cells.text(200),
            synonyms=("organisatie", "verantwoordelijke organisatie", "trekkende organisatie"),
            is_free_text=True,
        ),
        ImportField(
            key="lead_name",
            label=WORDS["lead_name"],
            read=cells.text(120),
            synonyms=("externe trekker",),
            is_free_text=True,
        ),
        ImportField(key="group_name", label=WORDS["group_id"], read=cells.text(120), synonyms=("groep",)),
        ImportField(
            key="starts_on",
            label=WORDS["starts_on"],
            read=cells.day,
            synonyms=("begin", "start", "startdatum", "begindatum"),
        ),
        ImportField(
            key="due_on",
            label=WORDS["due_on"],
            read=cells.day,
            synonyms=("eind", "einde", "einddatum", "gereed", "deadline"),
        ),
        ImportField(
            key="priority", label=WORDS["priority"], read=_one_of(ActionPriority), synonyms=("prioriteit",)
        ),
        ImportField(
            key="places",
            label=WORDS["places"],
            read=cells.text(2000),
            synonyms=("gemeente", "gemeenten", "gebied"),
        ),
        ImportField(
            key="districts",
            label=WORDS["districts"],
            read=cells.text(200),
            synonyms=("wijk", "welke wijken", "buurt", "buurten"),
            is_free_text=True,
        ),
        ImportField(
            key="why",
            label=WORDS["why"],
            read=cells.text(2000),
            synonyms=("waarom doen we dit", "beschrijving", "omschrijving", "toelichting"),
            is_free_text=True,
        ),
        ImportField(
            key="result_expected",
            label=WORDS["result_expected"],
            read=cells.text(2000),
            synonyms=("wat moet het opleveren", "resultaat", "beoogd resultaat"),
            is_free_text=True,
        ),
    )
