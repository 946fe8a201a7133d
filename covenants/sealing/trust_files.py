"""The certificates inside sealed files, as files for who checks them without us."""

import csv
import hashlib
import io

from asn1crypto import ocsp, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore


def trust_in(content: bytes) -> dict[str, bytes]:
    """Every certificate inside one file, and what its authority said of it, by names that stay the same."""
    reader = PdfFileReader(io.BytesIO(content))
    store = DocumentSecurityStore.read_dss(reader)
    found: dict[str, bytes] = {}
    certificates = [*store.load_certs()]
    for seal in (*reader.embedded_regular_signatures, *reader.embedded_timestamp_signatures):
        certificates += [seal.signer_cert, *seal.other_embedded_certs]
    for certificate in certificates:
        name = _short(certificate.sha256)
        found[f"{name}.pem"] = pem.armor("CERTIFICATE", certificate.dump())
        if certificate.self_signed != "no":
            found[f"wortel-{name}.pem"] = found[f"{name}.pem"]
    names = {certificate.serial_number: _short(certificate.sha256) for certificate in certificates}
    for stream in store.crls:
        data = stream.get_object().data
        found[f"ingetrokken-{_short(hashlib.sha256(data).digest())}.crl"] = data
    for stream in store.ocsps:
        data = stream.get_object().data
        said = ocsp.OCSPResponse.load(data).response_data["responses"][0]["cert_id"]["serial_number"].native
        # Which certificate it is about stands in the name: nobody sees that from the outside of an answer.
        about = names.get(said, "onbekend")
        found[f"antwoord-{about}-{_short(hashlib.sha256(data).digest())}.ocsp"] = data
    return found


def _short(digest: bytes) -> str:
    return digest.hex()[:16]


def overview(trust: dict[str, bytes]) -> str:
    """Which certificate is in which file, and in which one that of who gave it out."""
    found = {
        name: x509.Certificate.load(pem.unarmor(file)[2])
        for name, file in sorted(trust.items())
        if name.endswith(".pem") and not name.startswith("wortel-")
    }
    issuers = {one.subject.hashable: name for name, one in found.items()}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Bestand", "Houder", "Bestand van de uitgever", "Nummer", "Geldig tot"])
    for name, one in found.items():
        until = one.not_valid_after.date().isoformat()
        issuer = issuers.get(one.issuer.hashable, "")
        writer.writerow([name, one.subject.human_friendly, issuer, one.serial_number, until])
    return text.getvalue()
