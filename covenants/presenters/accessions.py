"""Requests to join with what the parties said, as one person sees them."""

from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form
from django.http import QueryDict

from covenants import authority
from covenants.accessions import Tally
from covenants.models import Accession, AccessionVoice, CovenantVersion
from covenants.register import register
from covenants.round_forms import AccessionDecisionForm, VoiceForm
from partners.models import Mandate, Person

SomeForm = TypeVar("SomeForm", bound=Form)


@dataclass(frozen=True)
class AccessionRow:
    """One organisation that wants to join."""

    accession: Accession
    voices: list[AccessionVoice]
    tally: Tally
    # One for each of her organisations that has not answered yet.
    voice_forms: list[VoiceForm]
    # What the coordinator fills in; None once it is decided.
    decision_form: AccessionDecisionForm | None

    @property
    def forms(self) -> list[Form]:
        """Everything that can still be filled in."""
        return [*self.voice_forms, *filter(None, [self.decision_form])]


@dataclass(frozen=True)
class AccessionPage:
    """All requests of one document, the newest first."""

    rows: list[AccessionRow]

    def shows(self, form: Form) -> bool:
        """Whether who sent `form` can mend it here: meanwhile somebody may have answered or decided."""
        return any(form in row.forms for row in self.rows)


def voice_form(accession: Accession, mandate: Mandate, data: QueryDict | None = None) -> VoiceForm:
    """Where one party says yes or no; with `data` as it was sent."""
    organisation = mandate.representative.organisation
    return VoiceForm(
        data,
        mandate=mandate,
        initial={"organisation": organisation.pk},
        auto_id=f"antwoord-{accession.pk}-{organisation.pk}-%s",
    )


def decision_form(accession: Accession, data: QueryDict | None = None) -> AccessionDecisionForm:
    """Where the coordinator says what was decided; with `data` as it was sent."""
    return AccessionDecisionForm(data, auto_id=f"besluit-{accession.pk}-%s")


def accession_page(version: CovenantVersion, person: Person, sent: Form | None = None) -> AccessionPage:
    """About ten queries, however many requests and parties there are; `sent` stands in the place of the
    same form that is still empty."""
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
        is_open = accession.decided_at is None
        voice_forms = [_or_sent(voice_form(accession, mandate), sent) for mandate in own if is_open]
        decision = _or_sent(decision_form(accession), sent) if is_open else None
        rows.append(AccessionRow(accession, voices, tally, voice_forms, decision))
    return AccessionPage(rows)


def _or_sent(empty: SomeForm, sent: Form | None) -> SomeForm:
    return sent if isinstance(sent, type(empty)) and sent.auto_id == empty.auto_id else empty
