"""The answers about a file in plain words: how good it is, what is wrong with it, and what to do."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from covenants.models import Artefact
from covenants.sealing import SealReport, SealVerdict


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of the three answers: how good it is, in a sentence, with what it rests on."""

    kind: str
    sentence: str
    detail: str = ""


_HEADLINES = {
    SealVerdict.CHANGED: Answer(
        kind="danger",
        sentence="Dit document is gewijzigd na het verzegelen.",
        detail="Gebruik het niet. Vraag om het origineel.",
    ),
    SealVerdict.REVOKED: Answer(
        kind="danger", sentence="Vertrouw dit document niet: het zegel is ingetrokken."
    ),
    SealVerdict.NO_SEAL: Answer(
        kind="warning",
        sentence="Wij kennen dit document niet.",
        detail="Onze documenten hebben altijd een zegel, en dit niet. Vraag om het verzegelde bestand.",
    ),
    SealVerdict.BROKEN: Answer(
        kind="warning",
        sentence="Dit bestand is beschadigd.",
        detail="Download het opnieuw waar je het vond, of vraag het opnieuw op.",
    ),
    SealVerdict.ENCRYPTED: Answer(
        kind="warning",
        sentence="Dit bestand heeft een wachtwoord.",
        detail="Onze documenten hebben dat niet. Lever de PDF in zoals je haar kreeg.",
    ),
    SealVerdict.NOT_PDF: Answer(
        kind="warning",
        sentence="Dit is geen PDF.",
        detail="Lever de PDF in zoals je haar kreeg. Een foto of een scan kunnen wij niet controleren.",
    ),
    SealVerdict.TOO_HEAVY: Answer(
        kind="warning",
        sentence="Dit bestand is te ingewikkeld om hier te controleren.",
        detail="Komt het van dit portaal? Zoek het dan op met de code die erop staat.",
    ),
}
_UNKNOWN = Answer(
    kind="warning",
    sentence="Wij kennen dit document niet.",
    detail="Vraag na waar het vandaan komt bij wie het je gaf.",
)


def headline(report: SealReport, artefact: Artefact | None) -> Answer:
    """What stands on top: all of it in one sentence, and what to do where something is wrong."""
    if artefact is not None and report.verdict == SealVerdict.VALID:
        return Answer(kind="success", sentence="Dit document is echt en niet gewijzigd.")
    if artefact is not None:
        return Answer(
            kind="warning",
            sentence="Dit bestand is van ons, maar wij kunnen het zegel nu niet bevestigen.",
            detail="Vraag het na bij de coördinator van de coalitie.",
        )
    if report.verdict == SealVerdict.VALID:
        return Answer(
            kind="warning",
            sentence="Het zegel klopt, maar dit bestand is niet het origineel.",
            detail="Er is iets achter het verzegelde document gezet, of het is opnieuw opgeslagen.",
        )
    return _HEADLINES.get(report.verdict, _UNKNOWN)


def known(artefact: Artefact | None, original: Artefact | None) -> Answer:
    """Whether the file is one of ours, byte for byte."""
    if artefact is not None:
        return Answer(
            kind="success",
            sentence="Ja. Dit is byte voor byte een bestand uit ons archief.",
            detail=f"Bewaard sinds {in_words(artefact.created_at)}.",
        )
    if original is not None:
        return Answer(
            kind="warning",
            sentence="Nee. Het begint met een bestand uit ons archief, maar er is iets achter gezet.",
            detail="Vraag om het origineel, of download het hieronder.",
        )
    return Answer(
        kind="warning",
        sentence="Nee. Dit bestand staat niet in ons archief.",
        detail="Een kopie die opnieuw is opgeslagen, geprint of gescand, herkennen wij niet.",
    )


_SEALS = {
    SealVerdict.VALID: ("success", "Ja. Na het verzegelen is er niets gewijzigd."),
    SealVerdict.CHANGED: ("danger", "Nee. Het document is gewijzigd na het verzegelen."),
    SealVerdict.FOREIGN: ("warning", "Er staat een zegel op van iemand anders dan dit portaal."),
    SealVerdict.REVOKED: ("danger", "Nee. Het certificaat van dit zegel is ingetrokken."),
    SealVerdict.UNCERTAIN: ("warning", "Dat kunnen wij niet met zekerheid zeggen."),
    SealVerdict.NO_SEAL: ("warning", "Er staat geen zegel op dit bestand."),
    SealVerdict.BROKEN: ("danger", "Dit bestand is beschadigd: wij kunnen het niet lezen."),
    SealVerdict.ENCRYPTED: (
        "warning",
        "Dit bestand heeft een wachtwoord. Wij kunnen het niet lezen.",
    ),
    SealVerdict.NOT_PDF: ("warning", "Dit is geen PDF. Onze documenten zijn altijd PDF-bestanden."),
    SealVerdict.TOO_HEAVY: ("warning", "Dit bestand is te ingewikkeld om hier te controleren."),
}


def seal(report: SealReport, doubt: str) -> Answer:
    """Whether the seal is good; `doubt` is what became of its timestamp authority since."""
    kind, sentence = _SEALS[report.verdict]
    parts = [doubt] if doubt else []
    if report.subject and report.verdict != SealVerdict.BROKEN:
        parts.append(f"Verzegeld door: {report.subject}.")
    if report.sealed_at and report.verdict == SealVerdict.VALID:
        parts.append(f"Tijdstempel: {in_words(datetime.datetime.fromisoformat(report.sealed_at))}.")
    if report.is_test:
        parts.append("Dit is een testzegel en niet rechtsgeldig.")
    return Answer(kind=kind, sentence=sentence, detail=" ".join(parts))


def in_words(moment: datetime.datetime) -> str:
    """A day and a time, as they stand on the page."""
    return date_format(timezone.localtime(moment), "j F Y, H.i") + " uur"
