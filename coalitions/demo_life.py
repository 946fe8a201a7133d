"""Talks and requests of the demo: what a coordinator finds on her desk in the morning."""

import datetime
import hashlib
from dataclasses import dataclass

from django.utils import timezone

from coalitions.models import (
    Channel,
    Coalition,
    Commitment,
    JoinRequest,
    OutreachContact,
    RequestState,
)
from partners.demo import add_missing
from partners.demo_parties import Party
from partners.models import Area, Organisation, OrganisationType, Person


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One talk, so many days ago."""

    party: Party
    days_ago: int
    channel: str = Channel.TALK
    important: str = ""
    stuck: str = ""
    energy: str = ""
    working_method: str = ""
    vision: str = ""
    next_step: str = ""
    due_in: int | None = None


HOUSING = Party("Woningcorporatie Maas en Peel (demo)", "woningcorporatie")
MENTAL = Party("Geestelijke gezondheidszorg Midden 1 (demo)", "ggz")
DOCTORS = Party("Huisartsenzorggroep Midden 2 (demo)", "huisartsenzorggroep")
SHELTER = Party("Vrouwenopvang Limburg (demo)", "vrouwenopvang")
MIDWIVES = Party("Verloskundigenpraktijk Noord 3 (demo)", "verloskundigenpraktijk")
TALKS = (
    Talk(
        party=HOUSING,
        days_ago=9,
        channel=Channel.PHONE,
        important="Een huis vinden voor jonge gezinnen duurt te lang.",
        stuck="De corporatie kent de wijkteams niet.",
        next_step="Maak een afspraak met de directeur",
        due_in=-2,
    ),
    Talk(
        party=MENTAL,
        days_ago=40,
        important="Ouders met psychische klachten eerder zien.",
        working_method="Eigen aanmelding, met een wachttijd van twaalf weken.",
        vision="Hulp voor de geboorte in plaats van erna.",
    ),
    Talk(
        party=MENTAL,
        days_ago=12,
        channel=Channel.ONLINE,
        energy="Samen met verloskundigen een korte route maken.",
        next_step="Stuur het actieprogramma op",
        due_in=5,
    ),
    Talk(
        party=DOCTORS,
        days_ago=21,
        stuck="Te weinig tijd naast de praktijk.",
        energy="Wel meedenken over verwijzen.",
        next_step="Bel na het bestuursoverleg",
        due_in=14,
    ),
    Talk(
        party=SHELTER,
        days_ago=5,
        channel=Channel.MAIL,
        important="Veilige plek voor moeder en kind.",
        next_step="Nodig uit voor de volgende bijeenkomst",
        due_in=21,
    ),
    Talk(
        party=MIDWIVES,
        days_ago=60,
        important="Vertrouwen tussen verloskundige en wijkteam.",
        energy="Een werkgroep voor de tijd voor de zwangerschap.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, so many days ago."""

    reference: str
    name: str
    type: str
    municipality: str
    motivation: str
    days_ago: int
    commitment: str = Commitment.JOIN
    energy: str = ""
    state: str = RequestState.SUBMITTED
    answer: str = ""


REQUESTS = (
    Request(
        reference="KS-DEMA2B",
        name="Kraamzorg De Ooievaar (demo)",
        type="kraamzorg",
        municipality="GM0889",
        motivation="Wij komen in Beesel bij veel gezinnen thuis en zien vaak als eerste dat er zorgen zijn.",
        commitment=Commitment.LEAD,
        energy="Afspraken over wie wij mogen bellen als het niet goed gaat.",
        days_ago=3,
    ),
    Request(
        reference="KS-DEMC3D",
        name="Verloskundigenpraktijk Noord 13 (demo)",
        type="verloskundigenpraktijk",
        municipality="GM0984",
        motivation="Wij willen dezelfde werkwijze als de praktijken om ons heen.",
        days_ago=1,
    ),
    Request(
        reference="KS-DEME4F",
        name="Bibliotheek Maas en Peel (demo)",
        type="welzijn",
        municipality="GM1894",
        motivation="Met BoekStart bereiken wij ouders van baby’s.",
        commitment=Commitment.FOLLOW,
        days_ago=8,
        state=RequestState.IN_REVIEW,
    ),
    Request(
        reference="KS-DEMG5H",
        name="Babyspullen Webwinkel (demo)",
        type="adviesbureau",
        municipality="GM0983",
        motivation="Wij willen onze producten laten zien.",
        days_ago=70,
        state=RequestState.REJECTED,
        answer="De coalitie is er niet voor verkoop. Kijk gerust bij de openbare bijeenkomsten.",
    ),
    Request(
        reference="KS-DEMJ6K",
        name="Peuterspeelzaal Zonneschijn (demo)",
        type="kinderopvang",
        municipality="GM0957",
        motivation="Wij willen weten wat er voor jonge ouders is.",
        days_ago=90,
        state=RequestState.WITHDRAWN,
    ),
)


def write(coalition: Coalition, organisations: dict[str, Organisation], coordinator: Person) -> None:
    """Write what is missing; days count from the day on which it is written."""
    today = timezone.localdate()
    add_missing(
        OutreachContact,
        (
            OutreachContact(
                coalition=coalition,
                organisation=organisations[talk.party.address],
                by=coordinator,
                on=today - datetime.timedelta(days=talk.days_ago),
                channel=talk.channel,
                important=talk.important,
                stuck=talk.stuck,
                energy=talk.energy,
                working_method=talk.working_method,
                vision=talk.vision,
                next_step=talk.next_step,
                due=None if talk.due_in is None else today + datetime.timedelta(days=talk.due_in),
            )
            for talk in TALKS
        ),
        key=("coalition_id", "organisation_id"),
    )
    _write_requests(coalition, coordinator)


def _write_requests(coalition: Coalition, coordinator: Person) -> None:
    now = timezone.now()
    kinds = {kind.code: kind for kind in OrganisationType.objects.all()}
    places = {area.code: area for area in Area.objects.municipalities()}
    written = add_missing(
        JoinRequest,
        (
            JoinRequest(
                coalition=coalition,
                reference=row.reference,
                withdrawal_hash=hashlib.sha256(row.reference.encode()).hexdigest(),
                organisation_name=row.name,
                type=kinds[row.type],
                municipality=places[row.municipality],
                motivation=row.motivation,
                commitment=row.commitment,
                energy=row.energy,
                contact_name="Contactpersoon (demo)",
                contact_function="manager",
                contact_email=f"aanmelding-{row.reference.lower()}@demo.example",
                submitted_at=now - datetime.timedelta(days=row.days_ago),
                answer_by=(now + datetime.timedelta(days=14 - row.days_ago)).date(),
                is_demo=True,
            )
            for row in REQUESTS
        ),
        key=("reference",),
    )
    decisions = {row.reference: row for row in REQUESTS}
    for request in written:
        row = decisions[request.reference]
        is_decided = row.state == RequestState.REJECTED
        request.state, request.answer = row.state, row.answer
        request.decided_at = now - datetime.timedelta(days=row.days_ago - 4) if is_decided else None
        request.decided_by = coordinator if is_decided else None
    # Every request starts as a new one, so the rest of its life is a second step.
    JoinRequest.objects.bulk_update(written, ["state", "answer", "decided_at", "decided_by"])
