"""Figures in words: pure functions that turn a figure into plain Dutch."""

from collections.abc import Sequence
from statistics import quantiles

from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Comparison, ImportFile, Status
from monitoring.pooling import wide_limits
from monitoring.rules import LEAST_MEMBERS, SMALLEST_COUNT
from partners.models import AreaKind
from portal.enumeration import listed
from portal.numbers import dutch_number

PERCENT = "%"
MADE_UP = "Demonstratiecijfer: verzonnen, niet gebruiken"
NO_RANKING = "bij kleine gemeenten bepaalt het toeval voor een groot deel wie er bovenaan staat"
NO_RANKING_OF_COUNTS = "hoger of lager is hier niet beter of slechter"
NO_RANKING_WITHOUT_MARGIN = "een plek op een lijst zegt niet waarom een cijfer hoger of lager is"

# Fewer have no middle half.
LEAST_PEERS = 8

SUPPRESSED = frozenset({Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY})
# Of a municipality with figures by region only it makes no difference which of these it is.
_BY_REGION = SUPPRESSED | {Status.NOT_DELIVERED}
REASONS = {
    Status.NOT_DELIVERED: "Nog niet aangeleverd",
    Status.NOT_AVAILABLE: "De bron geeft dit cijfer niet",
    Status.WITHHELD: "De bron toont dit cijfer niet",
    Status.UNRELIABLE: "Niet getoond: onbetrouwbaar volgens de bron",
    Status.SUPPRESSED_PRIMARY: "Niet getoond: te kleine aantallen",
    Status.SUPPRESSED_SECONDARY: "Niet getoond: anders is een klein aantal uit te rekenen",
    Status.INCOMPLETE: "Niet getoond: niet alle gemeenten hebben cijfers",
    Status.NOT_APPLICABLE: "Niet van toepassing",
    Status.WITHDRAWN: "Niet getoond: dit cijfer is ingetrokken",
}


def value_text(value: float, definition: Definition) -> str:
    """`14,8%`, or `2,19` where the unit stands apart."""
    number = dutch_number(value, definition.decimals)
    return f"{number}%" if definition.unit == PERCENT else number


def unit_text(definition: Definition) -> str:
    """The unit that stands behind a number; empty for a percentage, which carries its own sign."""
    return "" if definition.unit == PERCENT else definition.unit


def unit_after(definition: Definition) -> str:
    """The unit with a space before it, at the end of a sentence with numbers."""
    return f" {unit_text(definition)}" if unit_text(definition) else ""


def unit_in_full(definition: Definition) -> str:
    """The unit in words: `procent`."""
    return "procent" if definition.unit == PERCENT else definition.unit


def spoken(value: float, definition: Definition) -> str:
    """The value with its unit, as in a sentence: `14,8 procent`."""
    return f"{dutch_number(value, definition.decimals)} {unit_in_full(definition)}"


def disclosure(definition: Definition) -> str:
    """What of small numbers is not shown."""
    if not definition.at_risk:
        return "Geen bescherming nodig: dit cijfer vertelt niets over een persoon"
    words = f"Niet getoond onder de {SMALLEST_COUNT}: de teller, de noemer, en wie niet in de teller zit"
    return f"{words}. Ook nul tonen wij niet" if definition.disclosure == "counts-and-zero" else words


def has_margin(definition: Definition) -> bool:
    """Whether chance plays a part: everybody counted leaves no margin."""
    return definition.interval != "none"


def no_ranking(definition: Definition, *, is_by_name: bool = True) -> str:
    """Why the municipalities are in the order of their names; or how to read them in another that somebody
    asked for."""
    if has_margin(definition):
        why = NO_RANKING
    else:
        why = NO_RANKING_OF_COUNTS if definition.direction == "none" else NO_RANKING_WITHOUT_MARGIN
    if is_by_name:
        return f"Wij maken geen ranglijst: {why}. De gebieden staan op naam."
    return f"Dit is geen ranglijst: {why}."


def axis_title(definition: Definition) -> str | None:
    """What an axis or a legend counts in; none for percentages, whose numbers carry the sign."""
    return unit_text(definition) or None


def margin(figure: Aggregate, definition: Definition, *, of: str = "") -> str:
    """`Marge door toeval voor de regio: 13,2 tot 16,4 procent`; empty where there is no margin."""
    limits = limits_text(figure, definition)
    unit = " procent" if limits and definition.unit == PERCENT else ""
    whose = f" voor {of}" if of else ""
    return f"Marge door toeval{whose}: {limits}{unit}" if limits else ""


def limits_text(figure: Aggregate, definition: Definition) -> str:
    """`13,2 tot 16,4`; empty where the figure has no margin."""
    return _between(figure.lower_95, figure.upper_95, definition)


def wide_margin(figure: Aggregate, definition: Definition) -> str:
    """`12,1 tot 17,9 procent`: the margin by which overviews judge; empty where there is none."""
    limits = wide_limits(figure, definition)
    if limits is None:
        return ""
    return f"{_between(limits.lower, limits.upper, definition)} {unit_in_full(definition)}"


def _between(low: float | None, high: float | None, definition: Definition) -> str:
    if low is None or high is None:
        return ""
    return f"{dutch_number(low, definition.decimals)} tot {dutch_number(high, definition.decimals)}"


def counts(figure: Aggregate | None, definition: Definition) -> str:
    """`17.811.291 inwoners op 8.270.244 huishoudens`; empty where the figure has no number."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return ""
    if not definition.has_counts:
        return ""
    return (
        f"{dutch_number(figure.numerator)} {definition.numerator_noun} op "
        f"{dutch_number(figure.denominator)} {definition.denominator_noun}"
    )


def reason(status: str) -> str:
    """Why there is no number."""
    return REASONS[Status(status)]


def missing(figure: Aggregate, definition: Definition) -> str:
    """Why this figure has no number."""
    if definition.is_by_region and figure.status in _BY_REGION and _is_local(figure):
        return "Niet getoond: dit cijfer staat alleen per regio"
    if figure.status == Status.SUPPRESSED_SECONDARY and definition.pooled_only and figure.partition_id:
        return "Niet getoond: dit cijfer staat alleen over drie jaren samen"
    if figure.status == Status.SUPPRESSED_SECONDARY and _is_of_two(figure):
        return "Niet getoond: dit gebied heeft twee gemeenten. Kijk naar hun eigen cijfers"
    if figure.status == Status.NOT_APPLICABLE and figure.partition_id is None:
        return "Dit gebied bestond toen niet"
    if figure.status == Status.NOT_APPLICABLE and figure.denominator == 0:
        return "Niet van toepassing: de noemer is nul"
    return reason(figure.status)


def _is_local(figure: Aggregate) -> bool:
    return figure.member_count == 1 or figure.area.kind == AreaKind.MUNICIPALITY


def _is_of_two(figure: Aggregate) -> bool:
    return figure.member_count == figure.reported_count == LEAST_MEMBERS - 1


def coverage(figure: Aggregate) -> str:
    """`Cijfers van 13 van de 14 gemeenten`; empty for one municipality by itself."""
    if figure.is_direct and figure.value is not None:
        return f"Het cijfer van {figure.area.name} komt rechtstreeks van de bron: niet opgeteld uit gemeenten"
    if figure.member_count == 1 and figure.area.kind != AreaKind.MUNICIPALITY:
        return "Dit gebied heeft één gemeente: dit is haar eigen cijfer"
    if figure.member_count <= 1:
        return ""
    return (
        f"Cijfers van {dutch_number(figure.reported_count)} van de "
        f"{dutch_number(figure.member_count)} gemeenten"
    )


def made(figure: Aggregate) -> str:
    """Where a number comes from: `rechtstreeks van de bron`, or what it is the sum of; empty without one."""
    if figure.value is None:
        return ""
    if figure.partition_id is None:
        return "drie jaren opgeteld"
    if figure.member_count:
        return (
            "opgeteld uit wijken" if figure.area.kind == AreaKind.MUNICIPALITY else "opgeteld uit gemeenten"
        )
    # Of several hospitals a VSV is their sum, made at the door.
    return "aangeleverd" if figure.area.kind == AreaKind.VSV else "rechtstreeks van de bron"


def comparison(figure: Aggregate, country: Aggregate | None, definition: Definition) -> str:
    """How the figure stands to the country; a judgement only where chance can be told apart.

    Many figures side by side are judged at 99.8 percent, or chance alone would mark some of them.
    """
    if figure.value is None or country is None or country.value is None:
        return ""
    if figure.compared_998 is None:
        return _plain_comparison(figure.value, country.value, definition)
    return {
        Comparison.HIGHER: "Duidelijk hoger dan Nederland",
        Comparison.LOWER: "Duidelijk lager dan Nederland",
        Comparison.SAME: "Geen duidelijk verschil met Nederland. Het verschil kan toeval zijn.",
    }[Comparison(figure.compared_998)]


def _plain_comparison(value: float, country: float, definition: Definition) -> str:
    ours, theirs = value_text(value, definition), value_text(country, definition)
    if ours == theirs:
        return "Gelijk aan Nederland"
    word = "Hoger" if value > country else "Lager"
    return f"{word} dan in Nederland"


def beside_region(found: Comparison | None, region: str) -> str:
    """How an area stands to the rest of its region; empty where that is not judged."""
    if found is None:
        return ""
    return {
        Comparison.HIGHER: f"Duidelijk hoger dan de rest van {region}.",
        Comparison.LOWER: f"Duidelijk lager dan de rest van {region}.",
        Comparison.SAME: f"Geen duidelijk verschil met de rest van {region}. Het verschil kan toeval zijn.",
    }[found]


def has_middle(*, known: int, total: int) -> bool:
    """Whether the middle of what is shown is that of all: small counts hide the smallest first."""
    return known >= LEAST_PEERS and 2 * known >= total


def beside_peers(figures: Sequence[Aggregate], definition: Definition, *, label: str) -> str:
    """Where most municipalities of one kind are: the middle half of what is shown, and no order."""
    known = [figure.value for figure in figures if figure.value is not None]
    said = f"{label}: {len(figures)} gemeenten, van {len(known)} is het cijfer te tonen."
    if not has_middle(known=len(known), total=len(figures)):
        return said
    low, _, high = quantiles(known, n=4, method="inclusive")
    middle = f"tussen {value_text(low, definition)} en {value_text(high, definition)}"
    return f"{said} Bij de middelste helft ligt het {middle}{unit_after(definition)}."


def short_comparison(figure: Aggregate, country: Aggregate | None, definition: Definition) -> str:
    """The same in the few words that a column has room for."""
    return comparison(figure, country, definition).split(" met ")[0].split(" dan ")[0]


def weaker_difference(figure: Aggregate) -> str:
    """A difference that only the less strict comparison sees; pages of one figure tell both."""
    if figure.compared_998 != Comparison.SAME or figure.compared_95 is None:
        return ""
    if figure.compared_95 == Comparison.SAME:
        return ""
    word = Comparison(figure.compared_95).label
    return f"Bij een minder strenge toets (95 procent zekerheid) is het cijfer {word} dan in Nederland."


def judgement(figure: Aggregate, definition: Definition) -> str:
    """`gunstiger` or `ongunstiger` than the country; empty where that cannot be said."""
    favourable = {"lower": Comparison.LOWER, "higher": Comparison.HIGHER}.get(definition.direction)
    if favourable is None or figure.compared_998 in {None, Comparison.SAME}:
        return ""
    return "gunstiger" if figure.compared_998 == favourable else "ongunstiger"


def figure_sentence(
    figure: Aggregate | None, country: Aggregate | None, definition: Definition, *, place: str
) -> str:
    """One figure in full: what, where, when, how much, how sure, and beside the country."""
    if figure is None:
        return f"{definition.name} in {place}: nog niet aangeleverd."
    start = f"{definition.name} in {place} ({figure.period.label})"
    if figure.value is None:
        return f"{start}: {_lower_first(missing(figure, definition))}."
    parts = [f"{start}: {spoken(figure.value, definition)}."]
    if limits := margin(figure, definition):
        parts.append(f"{limits}.")
    if country is not None and country.area_id != figure.area_id and country.value is not None:
        parts.append(f"Nederland: {spoken(country.value, definition)}.")
        parts.append(_closed(comparison(figure, country, definition)))
    if definition.is_demo:
        parts.append(f"{MADE_UP}.")
    return " ".join(parts)


def summary(*, worse: Sequence[str], better: Sequence[str], same: int) -> str:
    """A whole set of figures beside the country, for who has one minute."""
    if not worse and not better:
        return "Geen van deze cijfers verschilt duidelijk van Nederland." if same else ""
    parts = []
    if worse:
        parts.append(f"Duidelijk ongunstiger dan Nederland: {listed(worse)}.")
    if better:
        parts.append(f"Duidelijk gunstiger dan Nederland: {listed(better)}.")
    if same == 1:
        parts.append("Het andere cijfer verschilt niet duidelijk van Nederland.")
    elif same:
        parts.append(f"De andere {same} cijfers verschillen niet duidelijk van Nederland.")
    return " ".join(parts)


def _closed(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith(".") else f"{sentence}."


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def spread_sentence(figures: Sequence[Aggregate], definition: Definition, *, place: str) -> str:
    """What a map or a chart of many areas shows, for who cannot see it."""
    known = [figure.value for figure in figures if figure.value is not None]
    if not known:
        return f"{definition.name} per gemeente in {place}: er zijn geen cijfers."
    low = value_text(min(known), definition)
    high = value_text(max(known), definition)
    parts = [f"{definition.name} in {place}: {len(known)} van de {len(figures)} gebieden hebben"]
    parts.append(f"een cijfer, tussen {low} en {high}.")
    hidden = sum(figure.status in SUPPRESSED for figure in figures)
    if hidden:
        parts.append(f"Van {hidden} tonen wij het niet, om kleine aantallen te beschermen.")
    unsure = sum(figure.status == Status.UNRELIABLE for figure in figures)
    if unsure:
        parts.append(f"Van {unsure} noemt de bron het cijfer onbetrouwbaar.")
    return " ".join([*parts, "De tabel geeft alle getallen."])


def delivery_sentence(file: ImportFile) -> str:
    """What a delivery changed."""
    return (
        f"{file.name} is ingelezen: {dutch_number(file.new_count)} nieuw, "
        f"{dutch_number(file.revised_count)} gewijzigd, {dutch_number(file.unchanged_count)} gelijk. "
        "De cijfers worden nu uitgerekend, voor een nieuwe uitgave."
    )
