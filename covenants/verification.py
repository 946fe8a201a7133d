"""Is this document ours, is its seal good, and what does it prove? Three questions, three answers."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Coalition
from covenants import check_codes, time_authorities
from covenants.check_codes import in_groups
from covenants.models import (
    Artefact,
    ArtefactKind,
    CheckCode,
    CovenantVersion,
    PartySignature,
    SignatureAct,
    Withdrawal,
)
from covenants.sealing import own_keys
from covenants.sealing.checking import SealReport, SealVerdict
from covenants.sealing.guarded import checking
from covenants.sealing.means import NoSeal, current
from covenants.statements import acts_of

MAX_SIZE = 20 * 1024 * 1024
# A file that was added to has one end for each time; more than these nobody looks at.
MOST_ENDS = 60
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of the three answers: how good it is, in a sentence, with what it rests on."""

    kind: str
    sentence: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a document of ours proves."""

    title: str
    rows: list[tuple[str, str]]
    coalition: Coalition
    artefact: Artefact | None
    code: CheckCode | None
    # What changed since, such as a party that left.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Everything there is to say about one uploaded file."""

    headline: Answer
    known: Answer
    seal: Answer
    evidence: Evidence | None
    report: SealReport

    @property
    def digest(self) -> str:
        """The SHA-256 of the file in groups of eight."""
        return in_groups(self.report.sha256)


def of_code(typed: str) -> Evidence | None:
    """What the document with this code proves; None for a code that is not ours."""
    code = check_codes.find(typed)
    return _evidence(code.subject, code) if code else None


def of_file(content: bytes) -> Finding:
    """The three answers about an uploaded file."""
    try:
        roots = current().roots
    except NoSeal:
        roots = ()
    with checking(content, roots=roots) as found:
        artefact, original = _from_the_archive(content)
        evidence = _evidence(_subject(original)) if original else None
        report = found()
    report, doubt = _of_today(report)
    return Finding(
        headline=_headline(report, artefact),
        known=_known(artefact, original),
        seal=_seal(report, doubt),
        evidence=evidence,
        report=report,
    )


def _of_today(report: SealReport) -> tuple[SealReport, str]:
    """The findings with what became of the timestamp authority since, and a sentence about that."""
    revoked = time_authorities.revoked_for(report.timestamp_certificate)
    if revoked is None or report.verdict != SealVerdict.VALID:
        return report, ""
    stamped_at = datetime.datetime.fromisoformat(report.stamped_at)
    if revoked.undoes(stamped_at):
        report = replace(report, verdict=SealVerdict.UNCERTAIN)
    return report, time_authorities.sentence(revoked, stamped_at=stamped_at)


def _from_the_archive(content: bytes) -> tuple[Artefact | None, Artefact | None]:
    """The file of ours that this is, and the one with which it begins where something was put behind it."""
    whole = hashlib.sha256(content).hexdigest()
    ends = [*_digests_at_each_end(content), whole]
    found = Artefact.objects.filter(sha256__in=ends).in_bulk()
    return found.get(whole), next((found[end] for end in reversed(ends) if end in found), None)


def _digests_at_each_end(content: bytes) -> Iterator[str]:
    """The SHA-256 of the file as it was each time that it ended, in one pass over its bytes."""
    running, done = hashlib.sha256(), 0
    for count, end in enumerate(_END.finditer(content)):
        if count == MOST_ENDS:
            return
        running.update(content[done : end.end()])
        done = end.end()
        yield running.hexdigest()


def _subject(artefact: Artefact) -> str:
    """What an artefact is in the end: a renewed file proves what the file within it does."""
    while artefact.continues is not None:
        artefact = artefact.continues
    return artefact.subject


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


def _headline(report: SealReport, artefact: Artefact | None) -> Answer:
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


def _known(artefact: Artefact | None, original: Artefact | None) -> Answer:
    if artefact is not None:
        return Answer(
            kind="success",
            sentence="Ja. Dit is byte voor byte een bestand uit ons archief.",
            detail=f"Bewaard sinds {_moment(artefact.created_at)}.",
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


def _seal(report: SealReport, doubt: str) -> Answer:
    kind, sentence = _SEALS[report.verdict]
    parts = [doubt] if doubt else []
    if report.subject and report.verdict != SealVerdict.BROKEN:
        parts.append(f"Verzegeld door: {report.subject}.")
    if report.sealed_at and report.verdict == SealVerdict.VALID:
        parts.append(f"Tijdstempel: {_moment(datetime.datetime.fromisoformat(report.sealed_at))}.")
    if own_keys.is_test_certificate(report.subject):
        parts.append("Dit is een testzegel en niet rechtsgeldig.")
    return Answer(kind=kind, sentence=sentence, detail=" ".join(parts))


def _evidence(subject: str, code: CheckCode | None = None) -> Evidence | None:
    kind, _, key = subject.partition("/")
    number = int(key.partition("-")[0])
    if kind == ArtefactKind.STATEMENT:
        return _of_signature(number, subject, code or _code_of(subject))
    if kind in {ArtefactKind.TEXT, ArtefactKind.DOSSIER}:
        return _of_version(number, subject, code or _code_of(subject))
    return None


def _code_of(subject: str) -> CheckCode | None:
    return CheckCode.objects.filter(subject=subject).first()


def _of_version(pk: int, subject: str, code: CheckCode | None) -> Evidence | None:
    version = (
        CovenantVersion.objects.select_related("covenant__coalition")
        .filter(pk=pk, sha256__isnull=False)
        .first()
    )
    if version is None:
        return None
    is_text = subject.startswith(ArtefactKind.TEXT)
    artefact = Artefact.objects.filter(subject=subject).first()
    rows = [
        ("Document", f"{version.covenant.title}, versie {version.number}"),
        ("Coalitie", version.covenant.coalition.name),
        ("Vastgesteld op", _day(version.second_at) if version.second_at else ""),
    ]
    if not is_text and artefact is not None:
        rows.append(("Dossier gemaakt op", _moment(artefact.created_at)))
    rows.append(("SHA-256 van de tekst", in_groups(version.sha256 or "")))
    newer = version.covenant.versions.filter(number__gt=version.number, sha256__isnull=False).exists()
    return Evidence(
        title="De tekst van een convenant" if is_text else "Een dossier met alle ondertekeningen",
        rows=rows,
        coalition=version.covenant.coalition,
        artefact=artefact,
        code=code,
        notes=(
            *(("Er is een nieuwere versie van deze tekst.",) if newer else ()),
            *_time_of(artefact),
        ),
    )


def _of_signature(pk: int, subject: str, code: CheckCode | None) -> Evidence | None:
    signature = (
        PartySignature.objects.select_related("version__covenant__coalition", "organisation")
        .filter(pk=pk)
        .first()
    )
    if signature is None:
        return None
    version = signature.version
    acts = list(acts_of(signature).select_related("mandate"))
    signers = "; ".join(f"{act.person_name}, {act.function}" for act in acts)
    artefact = Artefact.objects.filter(subject=subject).first()
    return Evidence(
        title=f"De ondertekening namens {signature.legal_name}",
        rows=[
            ("Organisatie", signature.legal_name),
            ("KvK-nummer", signature.kvk),
            ("Getekend door", signers or "buiten het portaal getekend, hier geregistreerd"),
            ("Document", f"{version.covenant.title}, versie {version.number}"),
            ("Coalitie", version.covenant.coalition.name),
            ("Getekend op", date_format(signature.signed_on, "j F Y")),
            ("SHA-256 van de tekst", in_groups(version.sha256 or "")),
        ],
        coalition=version.covenant.coalition,
        artefact=artefact,
        code=code,
        notes=(*_since(signature), *_revoked(acts), *_time_of(artefact)),
    )


def _time_of(artefact: Artefact | None) -> Iterator[str]:
    """What became of the timestamp authority of a file that no newer timestamp stands on."""
    revoked = time_authorities.revoked_for(artefact.timestamp_certificate) if artefact else None
    if artefact and revoked and not artefact.continuations.filter(kind=ArtefactKind.RENEWAL).exists():
        yield time_authorities.sentence(revoked, stamped_at=artefact.created_at)


def _since(signature: PartySignature) -> Iterator[str]:
    today = timezone.localdate()
    ended_on = signature.version.covenant.ended_on
    given = Withdrawal.objects.standing().filter(party=signature.party_id, stint=signature.stint).first()
    if (ended_on and ended_on <= today) or (given and given.ends_on <= today):
        yield "Deze organisatie is nu geen partij meer."
    elif given:
        yield f"Deze organisatie heeft opgezegd en is partij tot {date_format(given.ends_on, 'j F Y')}."


def _revoked(acts: list[SignatureAct]) -> Iterator[str]:
    for act in acts:
        if moment := act.mandate.revoked_at:
            yield (
                f"De tekenbevoegdheid van {act.person_name} is ingetrokken op {_day(moment)}. Dat was na het "
                "tekenen: de handtekening blijft gelden."
            )


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H.i") + " uur"


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
