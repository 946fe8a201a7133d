"""The draft of the demo: a second version that partners comment on."""

from typing import Any

from covenants import block_edits, comments, texts
from covenants.blocks import Block, BlockKind
from covenants.models import Covenant, CovenantVersion, ResignRule
from partners.models import Organisation, Person

ADDED_ITEM = "ouders met ervaring laat meedenken over wat er verandert;"
OLD_MONEY = "Gemeenten leggen hun middelen voor Kansrijke Start in één regionale begroting."
NEW_MONEY = (
    "Gemeenten leggen hun middelen voor Kansrijke Start in één regionale begroting, naar het aantal "
    "kinderen van 0 tot en met 3 jaar. De verdeling staat in de bijlage."
)
FIGURES: tuple[dict[str, Any], ...] = (
    {"kind": BlockKind.ARTICLE, "text": "Cijfers"},
    {
        "kind": BlockKind.PARAGRAPH,
        "text": "Partijen volgen samen hoe het met jonge kinderen in de regio gaat.",
    },
    {
        "kind": BlockKind.PARAGRAPH,
        "text": "De GGD laat de cijfers twee keer per jaar zien. Namen staan er niet in.",
    },
)
ANNEX: tuple[dict[str, Any], ...] = (
    {"kind": BlockKind.ANNEX, "text": "Verdeling van de kosten"},
    {
        "kind": BlockKind.PARAGRAPH,
        "text": "De bedragen zijn een voorbeeld. Het bestuurlijk overleg stelt ze vast.",
    },
    {
        "kind": BlockKind.TABLE,
        "text": "Bijdrage per jaar, naar grootte van de gemeente",
        "rows": [
            ["Gemeente", "Bijdrage per kind", "Hoogste bijdrage"],
            ["tot 20.000 inwoners", "€ 9,50", "€ 7.500"],
            ["20.000 tot 50.000 inwoners", "€ 9,00", "€ 16.000"],
            ["vanaf 50.000 inwoners", "€ 8,50", "€ 35.000"],
        ],
    },
)
ON_MONEY = "Kunnen wij ook in uren bijdragen? Onze praktijk is klein en heeft geen budget voor overleg."
ON_TASKS = "‘Ouders met ervaring’: wie zoekt die, en krijgen zij hun reiskosten terug?"
ANSWER = "Ja, de coalitie betaalt de reiskosten. We zoeken hen samen met de vrijwilligersorganisaties."


def load(covenant: Covenant, *, coordinator: Person, speakers: list[tuple[Person, Organisation]]) -> None:
    """Start version 2 with some changes, and let two members say what they think of it."""
    version = texts.new_version(covenant=covenant, by=coordinator, resign_rule=ResignRule.RESIGN_ALL)
    version = block_edits.edit_blocks(version=version, blocks=_revised(version.blocks), by=coordinator)
    money = next((block for block in version.blocks if block.get("text") == OLD_MONEY), None)
    if money:
        version = block_edits.change_block(
            version=version,
            key=money["key"],
            values={"text": NEW_MONEY},
            seen=version.revision,
            by=coordinator,
        )
    for (person, organisation), heading, text in zip(
        speakers, ("Geld", "Inzet"), (ON_MONEY, ON_TASKS), strict=False
    ):
        key = _article(version, heading)
        comment = comments.add(
            version=version, block_key=key, organisation=organisation, text=text, by=person
        )
    if len(speakers) > 1:
        comments.answer(comment=comment, text=ANSWER, by=coordinator)


def _revised(blocks: list[Block]) -> list[Block | dict[str, Any]]:
    """The words of version 1 with an item, an article and an annex more."""
    revised: list[Block | dict[str, Any]] = []
    for block in blocks:
        if block["kind"] == BlockKind.LIST:
            items = [{"text": ADDED_ITEM, "depth": 0}, *block["items"]]
            revised.append({**block, "items": items})
            continue
        if block["kind"] == BlockKind.CHAPTER and block["text"].startswith("Duur"):
            revised += FIGURES
        revised.append(block)
    return [*revised, *ANNEX]


def _article(version: CovenantVersion, heading: str) -> str:
    """The article with this heading."""
    return next(
        block["key"]
        for block in version.blocks
        if block["kind"] == BlockKind.ARTICLE and block["text"] == heading
    )
