"""What people of the demo coalition read in its figures, as soon as there are any to read."""

from collections.abc import Iterable

from coalitions.models import Coalition
from monitoring import interpretations
from monitoring.demo_board import COALITION
from monitoring.models import Aggregate
from partners.models import Person

# The figure, who reads it, whether for a party of her own, whether together, and the words.
READINGS = (
    (
        "vroeggeboorte",
        "partner@demo.example",
        True,
        False,
        "Wij zien dat vrouwen soms laat op controle komen. Dat past bij dit cijfer.",
    ),
    (
        "vroeggeboorte",
        "analist@demo.example",
        False,
        False,
        "De marge is breed: het verschil met Nederland kan toeval zijn. Drie jaren samen zeggen meer.",
    ),
    (
        "vroeggeboorte",
        "coordinator@demo.example",
        False,
        True,
        "Wij liggen rond het landelijke cijfer. Toch wachten wij niet: eerst letten wij samen op roken.",
    ),
    (
        "kinderen-in-bijstandsgezinnen",
        "coordinator@demo.example",
        False,
        True,
        "De verschillen tussen gemeenten zijn groter dan die met Nederland. Daarom kijken wij per gemeente.",
    ),
)


def load() -> None:
    """Read once, when a release is published."""
    coalition = Coalition.objects.filter(slug=COALITION).select_related("area").first()
    if coalition is None or coalition.interpretations.exists():
        return
    newest = _newest(coalition, {code for code, *_ in READINGS})
    for code, email, for_party, is_shared, text in READINGS:
        person = Person.objects.filter(email=email).first()
        if person is None or code not in newest:
            continue
        party = interpretations.organisations_of(person, coalition).first() if for_party else None
        interpretations.write(
            coalition=coalition,
            figure=newest[code],
            text=text,
            by=person,
            organisation=party,
            is_shared=is_shared,
        )


def _newest(coalition: Coalition, codes: Iterable[str]) -> dict[str, Aggregate]:
    figures = Aggregate.objects.of_indicators(codes).filter(area=coalition.area).newest()
    return {figure.indicator.code: figure for figure in figures.select_related("indicator", "period", "area")}
