"""A covenant as one ZIP that anybody can check without us: files, evidence, certificates, explanation."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from covenants.dossiers import file_name
from covenants.models import (
    Artefact,
    ArtefactKind,
    ChainEvent,
    Covenant,
    CovenantVersion,
    OutsideRegistration,
    PartySignature,
)
from covenants.presenters.register import as_json
from covenants.register import register
from portal import files
from portal.models import StoredFile

FORMAT = "kansrijke-start/convenant/1"


def export(covenant: Covenant) -> bytes:
    """The ZIP, with the same names inside each time."""
    # Behind the door of the seal: see there why it comes in late.
    from covenants.sealing import trust_files

    content = io.BytesIO()
    versions = list(covenant.versions.filter(sha256__isnull=False).order_by("number"))
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = []
        trust: dict[str, bytes] = {}
        for artefact in _artefacts(versions):
            path = f"bestanden/{_name(artefact)}"
            archive.writestr(path, bytes(artefact.content))
            sums.append(f"{artefact.sha256}  {path}")
            if artefact.level:
                trust |= trust_files.trust_in(bytes(artefact.content))
        for paper in _papers(versions):
            path = f"papier/{paper.sha256[:16]}-{paper.name}"
            with files.opened(paper) as source:
                archive.writestr(path, source.read())
            sums.append(f"{paper.sha256}  {path}")
        archive.writestr("SHA256SUMS", "\n".join(sums) + "\n")
        for name, file in sorted(trust.items()):
            archive.writestr(f"certificaten/{name}", file)
        archive.writestr("certificaten/overzicht.csv", trust_files.overview(trust))
        for version in versions:
            archive.writestr(f"keten/versie-{version.number}.jsonl", _chain(version))
        archive.writestr("register.json", _register(covenant))
        archive.writestr("register.csv", _register_csv(covenant))
        archive.writestr("controleer_keten.py", CHECK_CHAIN)
        archive.writestr("LEESMIJ.md", _explanation(covenant, versions))
    return content.getvalue()


def _artefacts(versions: list[CovenantVersion]) -> Iterator[Artefact]:
    """Every file of the covenant: texts, statements, the newest dossier of each text, and what
    continues them; one in memory at a time."""
    signatures = PartySignature.objects.filter(version__in=versions).values_list("pk", flat=True)
    subjects = [f"{ArtefactKind.TEXT}/{version.pk}" for version in versions]
    subjects += [f"{ArtefactKind.STATEMENT}/{pk}" for pk in signatures]
    dossiers = []
    for version in versions:
        newest = Artefact.objects.filter(subject__startswith=f"{ArtefactKind.DOSSIER}/{version.pk}-")
        dossiers += newest.order_by("-created_at").values_list("pk", flat=True)[:1]
    wanted = Artefact.objects.filter(Q(subject__in=subjects) | Q(pk__in=dossiers)).values_list(
        "pk", flat=True
    )
    chosen = set(wanted)
    # A renewed file goes on from a renewed file, and a report is about either.
    while more := set(Artefact.objects.filter(continues__in=chosen).values_list("pk", flat=True)) - chosen:
        chosen |= more
    yield from Artefact.objects.with_bytes().filter(pk__in=chosen).order_by("subject").iterator(chunk_size=20)


def _papers(versions: list[CovenantVersion]) -> Iterator[StoredFile]:
    """The evidence of each signature outside the portal that two people confirmed; each file once."""
    confirmed = OutsideRegistration.objects.filter(version__in=versions, confirmed_at__isnull=False)
    papers = StoredFile.objects.filter(pk__in=confirmed.values("evidence"))
    yield from papers.order_by("sha256", "pk").distinct("sha256")


def _name(artefact: Artefact) -> str:
    name = file_name(artefact.subject).replace("/", "-")
    is_report = artefact.kind == ArtefactKind.VALIDATION_REPORT
    return name.removesuffix(".pdf") + ".json" if is_report else name


def _chain(version: CovenantVersion) -> str:
    """The events of a version, one a line, as they were hashed."""
    events = ChainEvent.objects.filter(version=version).order_by("seq")
    lines = [
        json.dumps(
            {"seq": event.seq, "prev_hash": event.prev_hash, "hash": event.hash, "body": event.body},
            ensure_ascii=False,
        )
        for event in events
    ]
    return "".join(f"{line}\n" for line in lines)


def _register(covenant: Covenant) -> str:
    facts = {
        "formaat": FORMAT,
        "coalitie": covenant.coalition.name,
        "document": covenant.title,
        "gemaakt_op": timezone.now().isoformat(timespec="seconds"),
        "partijen": [as_json(entry) for entry in register(covenant)],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1, default=str)


def _register_csv(covenant: Covenant) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Organisatie", "KvK-nummer", "Partij sinds", "Partij tot", "Gebonden aan versie"])
    for entry in register(covenant):
        writer.writerow([entry.name, entry.kvk, entry.since, entry.leaves_on or "", entry.bound_by.number])
    return text.getvalue()


# Runs on any Python 3, without anything of ours.
CHECK_CHAIN = '''"""Controleert een bewijsketen: python3 controleer_keten.py keten/versie-1.jsonl"""
import hashlib
import json
import sys

head = ""
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), start=1):
    event = json.loads(line)
    made = hashlib.sha256((event["prev_hash"] + event["body"]).encode()).hexdigest()
    if event["seq"] != number or event["prev_hash"] != head or event["hash"] != made:
        sys.exit(f"Gebeurtenis {number} klopt niet.")
    head = made
print(f"De keten klopt en eindigt op {head}")
'''


def _explanation(covenant: Covenant, versions: list[CovenantVersion]) -> str:
    texts = "\n".join(
        f"- versie {version.number}: SHA-256 `{version.sha256}`, bewijsketen van {version.chain_length} "
        f"gebeurtenissen die eindigt op `{version.chain_head}`"
        for version in versions
    )
    return README.format(title=covenant.title, coalition=covenant.coalition.name, texts=texts)


README = """# {title}

Archief van {coalition}. Alles hierin is te controleren zonder het portaal dat het maakte.

{texts}

## Wat zit erin?

- `bestanden/`: de verzegelde tekst, de verklaring van elke organisatie, het dossier, en wat daarop volgde:
  verlengde zegels en jaarlijkse controles. De PDF-bestanden zijn PDF/A-3 met een zegel PAdES B-LTA.
- `papier/`: het bewijs van wie buiten het portaal tekende, zoals twee mensen het bekeken. De vingerafdruk
  daarvan staat ook in de keten, als `evidence_sha256`.
- `SHA256SUMS`: de vingerafdruk van elk bestand.
- `keten/`: wat er gebeurde, in volgorde; elke gebeurtenis bevat de vingerafdruk van de vorige.
- `certificaten/`: de certificaten van zegel en tijdstempel, met wat de uitgever toen zei: lijsten van
  ingetrokken certificaten (CRL) of een antwoord over dit certificaat (OCSP).
- `register.json` en `register.csv`: de partijen op de dag van dit archief.

## Zelf controleren

Zijn de bestanden heel?

    sha256sum --check SHA256SUMS

Klopt de bewijsketen? De laatste vingerafdruk staat ook in de mail die elke partij kreeg.

    python3 controleer_keten.py keten/versie-1.jsonl

Is het zegel goed? Met pdfsig (pakket poppler-utils); de nummers van de bestanden staan in de map.
Het eerste zegel hoort "Signature is Valid" te zijn.

    pdfsig bestanden/tekst-1.pdf

Met openssl, zonder iets van een PDF te weten. De regel "Signed Ranges" van pdfsig zegt welke bytes verzegeld
zijn: `[0 - B], [C - D]`. Vul die drie getallen in; `pdfsig -dump` schrijft het zegel als los bestand.

    B=… C=… D=…
    pdfsig -dump bestanden/tekst-1.pdf
    (head -c $B bestanden/tekst-1.pdf; head -c $D bestanden/tekst-1.pdf | tail -c +$((C + 1))) > bytes
    cat certificaten/wortel-*.pem > wortels.pem
    openssl cms -verify -binary -inform DER -in tekst-1.pdf.sig0 -content bytes \\
        -CAfile wortels.pem -purpose any -out /dev/null

Was het certificaat van zegel of tijdstempel ingetrokken? Wat de uitgever toen zei, zit in dit archief. Welk
certificaat in welk bestand zit, en dat van zijn uitgever, staat in `certificaten/overzicht.csv`.

    NAAM=….pem UITGEVER=….pem

Met antwoorden (`antwoord-NAAM-….ocsp`) hoort elke uitkomst "Response verify OK" en "good" te zijn:

    for A in certificaten/antwoord-${{NAAM%.pem}}-*.ocsp; do openssl ocsp -respin $A -no_nonce \\
        -issuer certificaten/$UITGEVER -cert certificaten/$NAAM -CAfile wortels.pem \\
        -no_check_time -validity_period 3000000000; done

Met lijsten (`ingetrokken-….crl`) hoort elke uitkomst "OK" te zijn:

    for L in certificaten/ingetrokken-*.crl; do openssl verify -crl_check -no_check_time -purpose any \\
        -CAfile wortels.pem -CRLfile $L certificaten/$NAAM; done

Of lever een bestand in bij de controledienst van de Europese Commissie (DSS), of open het met Acrobat Reader.
Vertrouw een wortelcertificaat niet omdat het hier in zit: haal het bij wie het uitgeeft.

## Wat bewijst het?

Elke handtekening is een gewone elektronische handtekening van de persoon die in de verklaring staat, met de
gegevens daarbij als bewijs. Het zegel is van het portaal: het laat zien dat een bestand niet is gewijzigd en
op de tijd van het tijdstempel bestond. Geen van beide is een gekwalificeerde handtekening van die persoon.
"""
