"""Requests to join with what the parties said, as one person sees them."""

from dataclasses import dataclass

from covenants import authority
from covenants.accessions import Tally
from covenants.models import Accession, AccessionVoice, CovenantVersion
from covenants.register import register
from covenants.round_forms import AccessionDecisionForm, VoiceForm
from partners.models import Mandate, Organisation, Person


@dataclass(frozen=True)
class AccessionRow:
    """One organisation that wants to join."""

    accession: Accession
    voices: list[AccessionVoice]
    tally: Tally
    # For which of her organisations she has not answered yet.
    open_mandates: list[Mandate]

    @property
    def voice_forms(self) -> list[tuple[VoiceForm, Organisation]]:
        """A form for each organisation of hers that still has a say."""
        found = []
        for mandate in self.open_mandates:
            organisation = mandate.representative.organisation
            form = VoiceForm(
                mandates=[mandate],
                initial={"organisation": organisation.pk},
                auto_id=f"antwoord-{self.accession.pk}-{organisation.pk}-%s",
            )
            found.append((form, organisation))
        return found

    @property
    def decision_form(self) -> AccessionDecisionForm:
        """What the coordinator fills in."""
        return AccessionDecisionForm(auto_id=f"besluit-{self.accession.pk}-%s")

    @property
    def is_open(self) -> bool:
        """Whether it still has to be decided."""
        return self.accession.decided_at is None


@dataclass(frozen=True)
class AccessionPage:
    """All requests of one document, the newest first."""

    rows: list[AccessionRow]


def accession_page(version: CovenantVersion, person: Person) -> AccessionPage:
    """About ten queries, however many requests and parties there are."""
    entries = register(version.covenant)
    mandates = authority.mandates_in(version.covenant.coalition, person)
    holders = {holder.pk: entry.organisation.pk for entry in entries for holder in entry.holders}
    rows = []
    found = version.covenant.accessions.select_related("organisation", "asked_by", "decided_by")
    for accession in found.prefetch_related("voices__organisation"):
        voices = list(accession.voices.all())
        agreed = sum(voice.agrees for voice in voices)
        spoken = {voice.organisation_id for voice in voices}
        own = [
            mandate
            for mandate in mandates
            if (party := holders.get(mandate.representative.organisation_id)) and party not in spoken
        ]
        tally = Tally(agreed, len(voices) - agreed, len(entries))
        rows.append(AccessionRow(accession, voices, tally, [] if accession.decided_at else own))
    return AccessionPage(rows)
