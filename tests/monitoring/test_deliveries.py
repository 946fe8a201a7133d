"""A delivery step by step, and what each bad input gets: a sentence, and nothing half-stored."""

import io
import zipfile

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from monitoring import deliveries, fixed_facts
from monitoring.imports import AlreadyImported, ImportRefused
from monitoring.models import (
    Delivery,
    DeliveryState,
    ImportFile,
    Observation,
    Partition,
    Period,
    Release,
    StagedFigure,
)
from partners.areas import load_areas
from partners.vsv_areas import add_vsv_area
from portal.acts import Refused
from tests import factories

HEADER = "gemeentecode;periode;indicator;teller;noemer"
NEXT_YEAR = timezone.localdate().year + 1

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def known(db):
    """The real places and the catalogue."""
    load_areas()
    fixed_facts.load()


@pytest.fixture
def analyst(db):
    return factories.make_person("Anton Analist")


def one(code="GM0983", when="2022", indicator="vroeggeboorte", x="136", n="919"):
    return f"{code};{when};{indicator};{x};{n}"


def table(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def bring(analyst, *rows, header=HEADER, name="levering.csv", source="JGZ"):
    return deliveries.bring_in(
        content=table(*rows, header=header), filename=name, by=analyst, source_name=source
    )


def accepted(analyst, *rows, reason="", **more):
    return deliveries.accept(delivery=bring(analyst, *rows, **more), by=analyst, reason=reason)


def messages_of(delivery, severity="error"):
    return [issue["message"] for issue in delivery.issues if issue["severity"] == severity]


def current():
    found = Observation.objects.current().order_by("area__code", "period__code")
    return list(found.values_list("area__code", "numerator", "denominator", "status"))


def nothing_is_stored():
    return not (
        Observation.objects.exists()
        or ImportFile.objects.exists()
        or StagedFigure.objects.exists()
        or Partition.objects.exists()
    )


# From the file to figures


def test_a_delivery_waits_until_it_is_accepted(analyst):
    delivery = bring(analyst, one(), one("Venlo", when="2021"), one("889", x="<10", n="113"))
    assert (delivery.state, delivery.row_count, delivery.new_count) == (DeliveryState.CHECKED, 3, 3)
    assert delivery.notes == ["Anders geschreven gemeentecodes: 2, bijvoorbeeld 'Venlo' als GM0983."]
    assert [(line["period"], line["rows"], line["reported"]) for line in delivery.summary] == [
        ("2021", 1, 1),
        ("2022", 2, 1),
    ]
    assert not Observation.objects.exists()
    deliveries.accept(delivery=delivery, by=analyst)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.import_file.new_count) == (DeliveryState.ACCEPTED, 3)
    assert current() == [
        ("GM0889", None, 113, "withheld_by_source"),
        ("GM0983", 136, 919, "reported"),
        ("GM0983", 136, 919, "reported"),
    ]
    assert not StagedFigure.objects.exists()
    assert Partition.objects.count() == 2
    with pytest.raises(deliveries.WrongStep):
        deliveries.accept(delivery=delivery, by=analyst)


def test_a_revision_shows_what_stood_and_can_be_undone(analyst):
    accepted(analyst, one(x="136"), one("GM0889", x="20", n="113"))
    second = bring(analyst, one(x="140"), one("GM0889", x="20", n="113"), one("GM0988", x="60", n="400"))
    assert (second.new_count, second.revised_count, second.unchanged_count) == (1, 1, 1)
    (difference,) = second.differences
    assert (difference["area"], difference["old"], difference["new"]) == (
        "Venlo",
        "136 van 919",
        "140 van 919",
    )
    deliveries.accept(delivery=second, by=analyst)
    assert [row[1] for row in current()] == [20, 140, 60]
    deliveries.undo(delivery=second, by=analyst, reason="Verkeerde kolom")
    assert [row[:2] for row in current()] == [("GM0889", 20), ("GM0983", 136)]
    second.refresh_from_db()
    assert (second.state, second.undo_reason) == (DeliveryState.UNDONE, "Verkeerde kolom")
    # What was taken back can come in again.
    again = accepted(analyst, one(x="140"), one("GM0889", x="20", n="113"), one("GM0988", x="60", n="400"))
    assert (again.new_count, again.revised_count) == (1, 1)


def test_figures_follow_an_undone_delivery(analyst):
    accepted(analyst, one(x="136"))
    factories.publish_figures()
    second = accepted(analyst, one(x="200"))
    deliveries.undo(delivery=second, by=analyst, reason="Fout in de bron")
    factories.publish_figures()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numerator FROM monitoring_aggregate a JOIN partners_area p ON p.id = a.area_id"
            " WHERE p.code = 'GM0983'"
        )
        assert cursor.fetchall() == [(136,)]
    assert Release.objects.published().count() == 2


def test_a_delivery_that_others_built_on_stays(analyst):
    first = accepted(analyst, one(x="136"))
    second = accepted(analyst, one(x="140"))
    with pytest.raises(deliveries.FollowedUp):
        deliveries.undo(delivery=first, by=analyst, reason="Fout")
    with pytest.raises(Refused, match="Schrijf waarom"):
        deliveries.undo(delivery=second, by=analyst, reason=" ")
    deliveries.undo(delivery=second, by=analyst, reason="Fout")
    assert [row[1] for row in current()] == [136]


def test_a_cancelled_delivery_leaves_nothing_but_its_record(analyst):
    delivery = bring(analyst, one())
    deliveries.cancel(delivery=delivery, by=analyst)
    assert nothing_is_stored()
    with pytest.raises(deliveries.WrongStep):
        deliveries.accept(delivery=delivery, by=analyst)


def test_nothing_is_left_behind_when_the_last_step_fails(analyst, monkeypatch):
    delivery = bring(analyst, one())
    monkeypatch.setattr("monitoring.imports.INSERT", "SELECT 1 / 0 WHERE %s > 0")
    with pytest.raises(Exception, match="division by zero"):
        deliveries.accept(delivery=delivery, by=analyst)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.CHECKED
    assert not Observation.objects.exists()
    assert not ImportFile.objects.exists()


def test_what_changed_since_the_check_is_found_at_the_last_moment(analyst):
    delivery = bring(analyst, one(indicator="big2"))
    StagedFigure.objects.filter(delivery=delivery).delete()
    with pytest.raises(deliveries.Changed):
        deliveries.accept(delivery=delivery, by=analyst)
    assert not Observation.objects.exists()


# Columns


OWN_HEADER = "CBS-code;Jaar van geboorte;Aantal te vroeg;Aantal geboren"


def test_columns_are_tied_once_and_remembered_per_source(analyst):
    delivery = bring(analyst, "GM0983;2022;136;919", header=OWN_HEADER, source="Ziekenhuis")
    assert delivery.state == DeliveryState.COLUMNS
    assert deliveries.first_row(delivery) == ["GM0983", "2022", "136", "919"]
    mapping = {
        "columns": {"gemeentecode": 0, "periode": 1, "teller": 2, "noemer": 3},
        "fixed": {"indicator": "vroeggeboorte"},
    }
    deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("GM0983", 136, 919, "reported")]
    # The same headings from the same source are known; from another they are asked again.
    again = bring(analyst, "GM0983;2023;130;900", header=OWN_HEADER, source="Ziekenhuis")
    assert (again.state, again.mapping) == (DeliveryState.CHECKED, mapping)
    other = bring(analyst, "GM0983;2021;130;900", header=OWN_HEADER, source="Ander ziekenhuis")
    assert other.state == DeliveryState.COLUMNS


def test_the_decimal_mark_of_a_file_is_fixed_by_hand(analyst):
    delivery = bring(analyst, one("GM0983", indicator="inwoners-per-km2", x="1.234", n="12"))
    assert "is op twee manieren te lezen" in messages_of(delivery)[0]
    mapping = {**delivery.mapping, "decimal_mark": ","}
    deliveries.tie_columns(delivery=delivery, mapping=mapping, by=analyst)
    delivery.refresh_from_db()
    assert delivery.issues == []
    deliveries.accept(delivery=delivery, by=analyst)
    assert current()[0][1] == 1234


# Municipalities of before


def test_rows_of_municipalities_that_merged_are_added_up_on_request(analyst):
    gone = [
        one("GM0501", when="2023", x="20", n="150"),
        one("GM0530", when="2023", x="30", n="350"),
        one("GM0614", when="2023", x="15", n="130"),
    ]
    delivery = bring(analyst, *gone)
    assert len(messages_of(delivery)) == 3
    deliveries.tie_columns(delivery=delivery, mapping={**delivery.mapping, "recodes": True}, by=analyst)
    delivery.refresh_from_db()
    assert delivery.issues == []
    assert "3 rijen van opgeheven gemeenten opgeteld bij hun opvolger." in delivery.notes
    deliveries.accept(delivery=delivery, by=analyst)
    assert current() == [("GM1992", 65, 630, "reported")]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([one("GM0501", when="2023"), one("GM0530", when="2023")], "not_delivered"),
        (
            [
                one("GM0501", when="2023"),
                one("GM0530", when="2023", x="x"),
                one("GM0614", when="2023"),
            ],
            "withheld_by_source",
        ),
        # Amsterdam kept its code when it took Weesp.
        ([one("GM0457", when="2023")], "not_delivered"),
    ],
)
def test_a_sum_with_a_missing_part_is_no_sum(analyst, rows, status):
    delivery = bring(analyst, *rows)
    deliveries.tie_columns(delivery=delivery, mapping={**delivery.mapping, "recodes": True}, by=analyst)
    delivery.refresh_from_db()
    deliveries.accept(delivery=delivery, by=analyst)
    ((_, numerator, _, found),) = current()
    assert (numerator, found) == (None, status)


# Birth care


def test_a_vsv_has_figures_of_its_own_by_code_or_name(analyst):
    area = add_vsv_area(name="VSV Venlo en omstreken", by=analyst)
    assert area.code == "VSV001"
    with pytest.raises(Refused, match="Er is al een VSV met deze naam"):
        add_vsv_area(name="VSV Venlo en omstreken", by=analyst)
    add_vsv_area(name="VSV Roermond", by=analyst)
    accepted(analyst, one("VSV001", x="90", n="1200"), one("VSV Roermond", x="70", n="900"), one())
    factories.publish_figures()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, a.numerator FROM monitoring_aggregate a JOIN partners_area p"
            " ON p.id = a.area_id WHERE p.kind = 'vsv' ORDER BY 1"
        )
        assert cursor.fetchall() == [("VSV001", 90), ("VSV002", 70)]


# What each bad input gets (specification §7)


BAD_ROWS = [
    (
        [one("GM9999")],
        "Rij 2, kolom gemeentecode: gemeentecode GM9999 bestaat niet. Zoek de code op bij Gemeenten.",
    ),
    (
        [one("GM0501", when="2023")],
        (
            "Rij 2, kolom gemeentecode: gemeente Brielle (GM0501) bestaat niet meer sinds 1 januari 2023."
            " Gebruik de code van de opvolger: Voorne aan Zee (GM1992)."
        ),
    ),
    (
        [one("Sudwest-Fryslan")],
        (
            "Rij 2, kolom gemeentecode: 'Sudwest-Fryslan' is geen gemeentecode."
            " Een gemeentecode is GM met vier cijfers."
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
            " Schrijf aantallen zonder punt of komma, bijvoorbeeld 1234."
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
        "Rij 2, kolom periode: '2016/2017' is geen periode. Vul een jaar in, bijvoorbeeld 2022.",
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


def workbook(*rows, sheets=1):
    book = Workbook()
    for number in range(sheets):
        sheet = book.active if not number else book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


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
]


@pytest.mark.parametrize(("content", "name", "sentence"), BAD_FILES)
def test_a_bad_file_gets_its_sentence_and_leaves_no_record(analyst, content, name, sentence):
    with pytest.raises(ImportRefused) as refused:
        deliveries.bring_in(content=content, filename=name, by=analyst, source_name="JGZ")
    assert refused.value.issues[0].message.startswith(sentence)
    assert nothing_is_stored()
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
        deliveries.bring_in(content=content, filename="a.xlsx", by=analyst, source_name="JGZ")
    assert "uitgepakt te groot" in refused.value.issues[0].message


def test_marks_of_sources_become_a_status_and_never_a_number(analyst):
    marks = ["-99999999", "-99997", ".", "", "x", "<10", "5-9"]
    codes = ["GM0983", "GM0889", "GM0988", "GM0957", "GM0994", "GM0014", "GM0363"]
    accepted(analyst, *(one(code, x=mark) for code, mark in zip(codes, marks, strict=True)))
    found = {code: (x, status) for code, x, _, status in current()}
    assert [found[code] for code in codes] == [
        (None, "not_available"),
        (None, "not_available"),
        (None, "not_available"),
        (None, "not_delivered"),
        (None, "withheld_by_source"),
        (None, "withheld_by_source"),
        (None, "withheld_by_source"),
    ]


def test_the_same_file_again_is_told_and_changes_nothing(analyst):
    first = accepted(analyst, one())
    with pytest.raises(AlreadyImported, match="Dit bestand is al ingelezen op"):
        bring(analyst, one(), name="andere-naam.csv")
    waiting = Delivery.objects.get()
    assert waiting == first
    # Also where it came in twice before either was accepted.
    left, right = bring(analyst, one(x="140")), bring(analyst, one(x="140"))
    deliveries.accept(delivery=left, by=analyst)
    with pytest.raises(Refused, match="Dit bestand is al ingelezen op"):
        deliveries.accept(delivery=right, by=analyst)


def test_the_traps_of_spreadsheets_are_read_and_told(analyst):
    row = ("GM0983", 2022, "vroeggeboorte", 136, 919)
    content = workbook(("Cijfers van de regio",), tuple(HEADER.split(";")), row, sheets=2)
    delivery = deliveries.bring_in(content=content, filename="a.xlsx", by=analyst, source_name="JGZ")
    assert delivery.errors == []
    assert delivery.new_count == 1
    assert "Overgeslagen boven de kolomkoppen: 1 rij." in delivery.notes
    assert any(note.startswith("Alleen het blad") for note in delivery.notes)
    windows = f"{HEADER};naam\r\n{one()};Súdwest-Fryslân\r\n".encode("cp1252")
    delivery = deliveries.bring_in(content=windows, filename="b.csv", by=analyst, source_name="JGZ")
    assert "Het bestand is gelezen als Windows-1252. Controleer letters als é." in delivery.notes
    decomposed = one("Su\u0301dwest-Frysla\u0302n", x="60", n="700")
    delivery = deliveries.bring_in(
        content=b"\xef\xbb\xbf" + table(decomposed), filename="c.csv", by=analyst, source_name="JGZ"
    )
    assert delivery.errors == []


def test_a_cell_that_a_spreadsheet_would_run_stays_text(analyst):
    delivery = bring(analyst, one('=cmd|" /C calc"!A0'))
    assert "is geen gemeentecode" in messages_of(delivery)[0]


# What looks odd asks for a reason


def test_what_looks_odd_is_accepted_only_with_a_reason(analyst):
    for year in (2020, 2021, 2022):
        accepted(analyst, one(when=year, x="70", n="900"), one("GM0889", when=year, x="12", n="110"))
    delivery = bring(analyst, one(when="2023", x="170", n="900"), one("GM0889", when="2023", x="14", n="110"))
    assert messages_of(delivery, "warning") == [
        (
            "Rij 2, kolom teller: bij GM0983 staan 170 van 900; naar het gemiddelde van de laatste jaren"
            " zouden het er 70 zijn. Controleer het aantal bij de bron."
        )
    ]
    with pytest.raises(deliveries.NeedsReason):
        deliveries.accept(delivery=delivery, by=analyst)
    deliveries.accept(delivery=delivery, by=analyst, reason="Nieuwe registratie")
    assert ImportFile.objects.latest("pk").notes[-1].endswith("Toch ingelezen: Nieuwe registratie")


def test_the_source_s_own_total_is_a_check_and_no_figure(analyst):
    rows = [one(x="100"), one("GM0889", x="20", n="113")]
    assert messages_of(bring(analyst, *rows, one("NL", x="120", n="1032")), "warning") == []
    delivery = bring(analyst, *rows, one("NL", x="150", n="1200"))
    assert messages_of(delivery, "warning") == [
        (
            "Rij 4, kolom teller: de gemeenten tellen voor 'vroeggeboorte' in 2022 op tot 120, en het"
            " landelijke totaal in het bestand is 150. Ontbreken er gemeenten?"
        )
    ]
    deliveries.accept(delivery=delivery, by=analyst, reason="Twee gemeenten doen mee")
    assert len(current()) == 2


def test_a_file_that_is_off_by_a_hundred_is_noticed(analyst):
    codes = ("GM0983", "GM0889", "GM0988")
    accepted(analyst, *(one(code, when="2021", x="70", n="1000") for code in codes))
    delivery = bring(analyst, *(one(code, x="70", n="100000") for code in codes))
    (sentence,) = messages_of(delivery, "warning")
    assert sentence == (
        "Rij 2, kolom teller en noemer: de cijfers van 'vroeggeboorte' in 2022 zijn ongeveer 0,07, en in 2021"
        " 7,00. Staan er percentages waar aantallen horen, of andersom?"
    )


def test_a_year_that_is_not_over_asks_for_a_reason(analyst):
    year = timezone.localdate().year
    delivery = bring(analyst, one(when=year))
    assert messages_of(delivery, "warning") == [
        (
            f"Rij 2, kolom periode: periode {year} is nog niet voorbij."
            " Klopt het dat deze cijfers al volledig zijn?"
        )
    ]
