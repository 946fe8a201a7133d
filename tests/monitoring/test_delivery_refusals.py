"""What each bad input gets: a sentence, and nothing half-stored (specification §7)."""

import io
import zipfile

import pytest
from django.utils import timezone

from monitoring import deliveries, readers
from monitoring.imports import ImportRefused
from monitoring.models import (
    Delivery,
    Period,
)
from tests import factories
from tests.monitoring.delivering import (
    bring,
    messages_of,
    nothing_is_stored,
    one,
)

NEXT_YEAR = timezone.localdate().year + 1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


BAD_ROWS = [
    (
        [one("GM9999")],
        "Rij 2, kolom gemeentecode: gemeentecode GM9999 bestaat niet. Zoek de code op bij Gemeenten.",
    ),
    (
        [one("GM0501", when="2023")],
        (
            "Rij 2, kolom gemeentecode: gemeente Brielle (GM0501) bestaat niet meer sinds 1 januari 2023."
            " Gebruik de code van de opvolger: Voorne aan Zee (GM1992), of laat het portaal optellen:"
            " kies bij de kolommen ‘Tel rijen … op’."
        ),
    ),
    (
        [one("Sudwest-Fryslan")],
        (
            "Rij 2, kolom gemeentecode: 'Sudwest-Fryslan' is geen gemeentecode, en geen naam zoals die bij"
            " Gemeenten staat. Een gemeentecode is GM met vier cijfers. Een regio schrijf je met haar hele"
            " naam of haar code: GGD Limburg-Noord, PV31 of NL."
        ),
    ),
    (
        [one(), one("GM0889"), one("983", x="140")],
        (
            "Rij 4, kolom gemeentecode: GM0983 staat met dezelfde indicator en periode ook in rij 2."
            " Laat één van de twee rijen weg."
        ),
    ),
    (
        [one(x="-5")],
        (
            "Rij 2, kolom teller: '-5' is geen aantal. Vul een getal van 0 of meer in,"
            " of laat de cel leeg als het cijfer er niet is."
        ),
    ),
    (
        [one(x="veel")],
        (
            "Rij 2, kolom teller: 'veel' is geen aantal. Vul een getal van 0 of meer in,"
            " of laat de cel leeg als het cijfer er niet is."
        ),
    ),
    (
        [one(x="NaN")],
        (
            "Rij 2, kolom teller: 'NaN' is geen aantal. Vul een getal van 0 of meer in,"
            " of laat de cel leeg als het cijfer er niet is."
        ),
    ),
    ([one(x="920")], "Rij 2, kolom teller: '920' is meer dan de noemer 919. Controleer beide aantallen."),
    (
        [one(x="3", n="0")],
        "Rij 2, kolom teller: '3' bij een noemer van 0 kan niet. Controleer beide aantallen.",
    ),
    ([one(x="12,5")], "Rij 2, kolom teller: '12,5' is geen heel getal. Tel hele personen."),
    (
        [one(x="12,5"), one("GM0889", x="12.5")],
        (
            "Rij 3, kolom teller: '12.5' gebruikt een ander decimaalteken dan '12,5' in rij 2."
            " Gebruik in het hele bestand een komma of in het hele bestand een punt."
        ),
    ),
    (
        [one(x="1.234", n="5.678")],
        (
            "Rij 2, kolom teller: '1.234' is op twee manieren te lezen."
            " Schrijf aantallen zonder punt of komma, bijvoorbeeld 1234, of kies bij de kolommen hoe getallen"
            " geschreven zijn."
        ),
    ),
    (
        [one(when=NEXT_YEAR)],
        (
            f"Rij 2, kolom periode: periode {NEXT_YEAR} ligt in de toekomst."
            " Lever alleen jaren die begonnen zijn."
        ),
    ),
    (
        [one(when="2016/2017")],
        (
            "Rij 2, kolom periode: '2016/2017' is meer dan één jaar. "
            "Lever elk jaar apart; het portaal telt jaren zelf op."
        ),
    ),
]


@pytest.mark.parametrize(("rows", "sentence"), BAD_ROWS)
def test_a_bad_row_gets_its_sentence_and_nothing_is_stored(analyst, rows, sentence):
    delivery = bring(analyst, *rows)
    assert sentence in messages_of(delivery)
    assert not delivery.is_acceptable
    with pytest.raises(deliveries.NotAcceptable):
        deliveries.accept(delivery=delivery, by=analyst)
    assert nothing_is_stored()
    assert Period.objects.count() == 1


def zipped(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(f"xl/{name}.xml", text)
    return content.getvalue()


BAD_FILES = [
    (b"\xff\xfe\x00\x01", "a.csv", "De tekens in dit bestand zijn niet te lezen (UTF-16 of geen tekst)."),
    (b"\xd0\xcf\x11\xe0oud", "a.xls", "Dit is een oud of beveiligd Excel-bestand."),
    (
        zipped(a="x"),
        "a.xlsm",
        "Bestanden met macro's lezen we niet in. Bewaar het bestand als .xlsx of .csv.",
    ),
    (b"PK\x03\x04kapot", "a.xlsx", "Dit Excel-bestand is niet te openen. Bewaar het opnieuw als .xlsx."),
    (
        zipped(a='<!DOCTYPE x [<!ENTITY y "z">]><a/>'),
        "a.xlsx",
        "Dit Excel-bestand is onveilig en wordt niet gelezen.",
    ),
    (b"\n \n", "a.csv", "Het bestand is leeg. Kies een bestand met gegevens."),
    (
        b"gebied;jaar;indicator;percentage\nGM0983;2022;big2;14,8\n",
        "a.csv",
        "Kolom 'percentage': geen teller en noemer: niet op te tellen.",
    ),
]


@pytest.mark.parametrize("header", ["gebied;jaar;te vroeg;geboren;%", "gebied;jaar;waarde;noemer"])
def test_beside_a_percentage_other_columns_can_be_the_counts(analyst, header):
    cells = ["GM0983", "2022", "61", "919", "6,6"]
    row = ";".join(cells[: header.count(";") + 1])
    assert bring(analyst, row, header=header).state == "columns"


@pytest.mark.parametrize(("content", "name", "sentence"), BAD_FILES)
def test_a_bad_file_gets_its_sentence_and_leaves_no_record(analyst, content, name, sentence):
    with pytest.raises(ImportRefused) as refused:
        deliveries.bring_in(source=io.BytesIO(content), filename=name, by=analyst, source_name="JGZ")
    assert refused.value.issues[0].message.startswith(sentence)
    assert nothing_is_stored()
    assert not Delivery.objects.exists()


def test_a_file_of_places_that_is_too_large_is_refused_at_the_door(analyst, monkeypatch):
    monkeypatch.setattr(readers.cbs, "LARGEST", 10)
    with pytest.raises(ImportRefused) as refused:
        deliveries.bring_in(
            source=io.BytesIO(b'{"features": []}'), filename="a.geojson", by=analyst, source_name="CBS"
        )
    assert refused.value.issues[0].message.startswith("Het GeoJSON-bestand is te groot")
    assert not Delivery.objects.exists()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(analyst, monkeypatch):
    content = zipped(a="0" * 5_000_000)
    assert len(content) < 50_000
    limits = deliveries.read_header.__globals__["LIMITS"]
    monkeypatch.setitem(
        deliveries.read_header.__globals__,
        "LIMITS",
        type(limits)(size=limits.size, rows=10, unpacked=1_000_000),
    )
    with pytest.raises(ImportRefused) as refused:
        deliveries.bring_in(source=io.BytesIO(content), filename="a.xlsx", by=analyst, source_name="JGZ")
    assert "uitgepakt te groot" in refused.value.issues[0].message
