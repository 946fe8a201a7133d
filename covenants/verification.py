"""Is this document ours, is its seal good, and what does it prove? Three questions, three answers."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Coalition
from covenants import check_codes, time_authorities, verdicts
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
from covenants.sealing import NoSeal, SealReport, SealVerdict, current_means
from covenants.sealing.guarded import checking
from covenants.statements import acts_of

MAX_SIZE = 20 * 1024 * 1024
# A file that was added to has one end for each time; more than these nobody looks at.
MOST_ENDS = 60
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")


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

    headline: verdicts.Answer
    known: verdicts.Answer
    seal: verdicts.Answer
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
        roots = current_means().roots
    except NoSeal:
        roots = ()
    with checking(content, roots=roots) as found:
        artefact, original = _from_the_archive(content)
        evidence = _evidence(_subject(original)) if original else None
        report = found()
    report, doubt = _of_today(report)
    return Finding(
        headline=verdicts.headline(report, artefact),
        known=verdicts.known(artefact, original),
        seal=verdicts.seal(report, doubt),
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
        (version.second_words.capitalize(), _day(version.second_at) if version.second_at else ""),
    ]
    if not is_text and artefact is not None:
        rows.append(("Dossier gemaakt op", verdicts.in_words(artefact.created_at)))
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


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
