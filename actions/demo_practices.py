"""Six gems of the demo and the municipalities that took them over; offers and tools."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from actions.demo_steps import bring
from actions.models import (
    AdoptionState,
    Intervention,
    InterventionOffer,
    KitItem,
    NoteOutcome,
    OfferState,
    Practice,
    PracticeAdoption,
    PracticeState,
    TableNote,
    Tool,
    ToolKind,
    ToolUse,
)
from actions.models.practices import ADOPTION_MOVES
from coalitions.models import Coalition, Membership
from partners.models import Area, Person
from portal import files

LOCAL, NOMINATED, PREBAKED = PracticeState.LOCAL, PracticeState.NOMINATED, PracticeState.PREBAKED
# Title, municipality where it began, state, in how many municipalities, problem, and what they do.
GEMS = (
    (
        "Kraamzorg belt voor de geboorte",
        "GM0889",
        PREBAKED,
        12,
        "Na de geboorte weet het consultatiebureau te laat dat een gezin extra steun kan gebruiken.",
        "De kraamzorg belt met toestemming van de ouders al voor de geboorte met het consultatiebureau.",
    ),
    (
        "Eén kaart met alle nummers",
        "GM0984",
        PREBAKED,
        9,
        "Verloskundigen weten niet wie zij in het wijkteam kunnen bellen.",
        "Elke gemeente houdt één kaart bij met vaste contactpersonen, en stuurt die elk half jaar rond.",
    ),
    (
        "Koffie met de verloskundige",
        "GM0957",
        PREBAKED,
        6,
        "Wijkteam en verloskundigen kennen elkaar niet.",
        "Elke maand drinkt iemand van het wijkteam koffie in de praktijk. Er staat niets op de agenda.",
    ),
    (
        "Geldzorgen bespreken bij de eerste controle",
        "GM0983",
        PREBAKED,
        4,
        "Schulden komen pas laat op tafel, vaak na de geboorte.",
        "Bij de eerste controle hoort een vaste vraag over geld, met een folder en een warme overdracht.",
    ),
    (
        "Rookvrij starten, samen één advies",
        "GM1507",
        NOMINATED,
        0,
        "Iedereen geeft een ander advies over roken in de zwangerschap.",
        "Alle praktijken geven hetzelfde advies en verwijzen naar dezelfde coach.",
    ),
    (
        "Vadergroep op zaterdag",
        "GM0988",
        LOCAL,
        0,
        "Vaders komen niet op bijeenkomsten die overdag zijn.",
        "Een groep voor aanstaande vaders op zaterdagochtend, in het buurthuis.",
    ),
)
# What the first gem was called when somebody told of it at a table.
TOLD_AT_TABLE = "In Beesel belt de kraamzorg"
STATES = (
    AdoptionState.SECURED,
    AdoptionState.RUNNING,
    AdoptionState.RUNNING,
    AdoptionState.PREPARING,
    AdoptionState.INTERESTED,
    AdoptionState.RUNNING,
    AdoptionState.STOPPED,
)
OWN_TEXTS = (
    "Wij doen dit met onze eigen jeugdgezondheidszorg en bespreken het elk kwartaal.",
    "Bij ons belt de praktijkassistent, omdat de kraamzorg hier klein is.",
    "We begonnen in één wijk en breiden daarna uit.",
)
LESSONS = (
    "Zonder vaste contactpersoon valt het stil zodra iemand met verlof is.",
    "Begin met mensen die er zin in hebben; de rest volgt.",
    "Vraag ouders eerst of zij dit willen. Bijna allemaal zeggen zij ja.",
)
TOOLS = (
    (ToolKind.GUIDE, "Handreiking Kansrijke Start voor gemeenten", "Pharos", "handreiking"),
    (ToolKind.CARE_PATH, "Zorgpadentool geboortezorg", "College Perinatale Zorg", "zorgpaden"),
    (ToolKind.SIGNALLING, "Signaleringsinstrument voor de eerste controle", "", "signaleren"),
    (ToolKind.MENU, "Menukaart hulp in de eerste 1.000 dagen", "", "menukaart"),
    (ToolKind.ANALYSIS, "Analysetool voor de eigen coalitie", "Pharos", "analyse"),
    (ToolKind.COURSE, "Leertraject vaderschap", "Pharos", "vaderschap"),
    (ToolKind.FILM, "Animatie: waarom de eerste 1.000 dagen tellen", "", "animatie"),
)
TRANSCRIPT = (
    "Verzonnen voor de demonstratie. Een baby groeit op het scherm van een stip tot een peuter. Stem: ‘In de "
    "eerste duizend dagen wordt de basis gelegd.’ Om het kind heen komen een verloskundige, een "
    "kraamverzorgende en een buurvrouw staan. Stem: ‘Dat doen wij samen.’"
)
BEGAN = datetime.date(2023, 2, 1)


def write(coalition: Coalition) -> None:
    """All of it, where there is no gem yet."""
    if coalition.practices.exists():
        return
    planner = Person.objects.get(email="coordinator@demo.example")
    towns = {
        one.organisation.municipality.code: one
        for one in coalition.memberships.members()
        .filter(organisation__type__code="gemeente")
        .select_related("organisation__municipality")
        if one.organisation.municipality
    }
    for number, gem in enumerate(GEMS):
        _write_gem(coalition, number, gem, towns, planner)
    _write_offers(coalition, list(towns.values()))
    _write_tools(coalition, list(towns.values()), planner)


def _write_gem(
    coalition: Coalition,
    number: int,
    gem: tuple[str, str, str, int, str, str],
    towns: dict[str, Membership],
    planner: Person,
) -> None:
    title, code, state, count, problem, approach = gem
    practice = Practice.objects.create(
        coalition=coalition,
        title=title,
        slug=slugify(title),
        origin=towns[code].organisation.municipality,
        owner=towns[code],
        problem=problem,
        approach=approach,
        result="" if state == LOCAL else "Minder gezinnen die te laat in beeld komen.",
        cost_note="" if state == LOCAL else "Ongeveer twee uur per maand. Verder geen geld nodig.",
        lessons="" if state == LOCAL else "Maak afspraken over verlof en ziekte voor je begint.",
        contact="" if state == LOCAL else "projectleider Kansrijke Start van de gemeente",
        state_since=BEGAN,
        added_by=planner,
    )
    if number == 0:
        note = TableNote.objects.get(meeting__coalition=coalition, text__startswith=TOLD_AT_TABLE)
        NoteOutcome.objects.create(note=note, practice=practice, made_by=planner)
    if state == LOCAL:
        return
    Practice.objects.filter(pk=practice.pk).update(state=NOMINATED)
    if state != PREBAKED:
        return
    leaflet = SimpleUploadedFile("werkwijze.pdf", b"%PDF-1.7 verzonnen werkwijze voor de demonstratie")
    KitItem.objects.create(practice=practice, title="Werkwijze op één pagina", file=files.store(leaflet))
    KitItem.objects.create(
        practice=practice, title="Voorbeeldbrief voor ouders", url="https://kit.example/brief"
    )
    Practice.objects.filter(pk=practice.pk).update(state=PREBAKED)
    others = [one for key, one in towns.items() if key != code]
    adoptions = [_adoption(practice, coalition, owner, step) for step, owner in enumerate(others[:count])]
    PracticeAdoption.objects.bulk_create(adoptions)
    wanted = {one.pk: STATES[step % len(STATES)] for step, one in enumerate(adoptions)}
    bring(PracticeAdoption.objects.all(), wanted, moves=ADOPTION_MOVES, start=AdoptionState.INTERESTED)


def _adoption(practice: Practice, coalition: Coalition, owner: Membership, step: int) -> PracticeAdoption:
    state = STATES[step % len(STATES)]
    began = state in {AdoptionState.RUNNING, AdoptionState.SECURED, AdoptionState.STOPPED}
    is_over = state in {AdoptionState.SECURED, AdoptionState.STOPPED}
    return PracticeAdoption(
        practice=practice,
        coalition=coalition,
        municipality=owner.organisation.municipality,
        owner=owner,
        state_since=BEGAN + datetime.timedelta(days=30 * step),
        adapted_text=OWN_TEXTS[step % len(OWN_TEXTS)] if began else "",
        lesson=LESSONS[step % len(LESSONS)] if is_over else "",
        started_on=BEGAN if began else None,
    )


def _write_offers(coalition: Coalition, towns: list[Membership]) -> None:
    states = (OfferState.RUNNING, OfferState.SECURED, OfferState.PREPARING, OfferState.EXPLORING)
    rows = []
    for number, intervention in enumerate(Intervention.objects.order_by("slug")):
        for step, town in enumerate(towns[: 4 + 2 * (number % 5)]):
            place: Area | None = town.organisation.municipality
            rows.append(
                InterventionOffer(
                    intervention=intervention,
                    municipality=place,
                    coalition=coalition,
                    state=states[(number + step) % len(states)],
                    offered_by="GGD Limburg-Noord",
                    places=10 + 5 * (step % 4),
                    valid_from=BEGAN,
                )
            )
    InterventionOffer.objects.bulk_create(rows)


def _write_tools(coalition: Coalition, towns: list[Membership], planner: Person) -> None:
    tools = Tool.objects.bulk_create(
        Tool(
            coalition=coalition,
            kind=kind,
            title=title,
            owner_name=owner,
            url=f"https://gereedschap.example/{word}",
            description="Verzonnen beschrijving voor de demonstratie: helpt bij de samenwerking.",
            transcript=TRANSCRIPT if kind == ToolKind.FILM else "",
            added_by=planner,
        )
        for kind, title, owner, word in TOOLS
    )
    ToolUse.objects.bulk_create(
        ToolUse(tool=tool, membership=town)
        for number, tool in enumerate(tools)
        for town in towns[: 2 + 2 * number]
    )
