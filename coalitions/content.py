"""What the public pages say about Kansrijke Start, each fact with its source."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact was read."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of the public home page; the label reads on from the value."""

    value: str
    label: str
    explanation: str
    source: Source


ACTION_PROGRAMME = Source(
    name="Actieprogramma Kansrijke Start",
    url="https://www.kansrijkestartnl.nl/actieprogramma-kansrijke-start",
)
PHAROS = Source(
    name="Pharos, Stimuleringsprogramma lokale coalities Kansrijke Start",
    url="https://www.pharos.nl/over-pharos/programmas-pharos/kansrijke-start/",
)
LOCAL_COALITIONS = Source(
    name="Kansrijke Start, Lokale coalities en impuls",
    url="https://www.kansrijkestartnl.nl/lokale-coalities/impuls-kansrijke-start",
)

POOR_START = Fact(
    value="1 op de 6 baby’s",
    label="heeft geen goede start",
    explanation="Rond 16 procent: te vroeg geboren, te licht bij de geboorte, of allebei.",
    source=ACTION_PROGRAMME,
)
FIRST_DAYS = Fact(
    value="1.000 dagen",
    label="tellen een leven lang mee",
    explanation="De eerste 1.000 dagen lopen van het begin van de zwangerschap tot de tweede verjaardag.",
    source=PHAROS,
)


@dataclass(frozen=True, kw_only=True)
class Tranche:
    """Municipalities that joined the national programme together."""

    year: int
    municipalities: int


TRANCHES = (
    Tranche(year=2019, municipalities=98),
    Tranche(year=2019, municipalities=49),
    Tranche(year=2020, municipalities=128),
)
JOINED_BY_2020 = sum(tranche.municipalities for tranche in TRANCHES)
JOINED_BY_2022 = 342
TAKING_PART = Fact(
    value=f"{JOINED_BY_2022} gemeenten",
    label="doen mee aan het landelijke programma",
    explanation=(
        f"Eerst {TRANCHES[0].municipalities} en daarna nog {TRANCHES[1].municipalities} in 2019. "
        f"In 2020 kwamen er {TRANCHES[2].municipalities} bij: samen {JOINED_BY_2020}. "
        f"Voor 2022 noemt de bron alle {JOINED_BY_2022}."
    ),
    source=LOCAL_COALITIONS,
)

HOME_FACTS = (POOR_START, FIRST_DAYS, TAKING_PART)
