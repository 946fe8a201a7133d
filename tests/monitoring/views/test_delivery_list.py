import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now

from monitoring import deliveries, forms
from monitoring.models import (
    Delivery,
    DeliveryState,
    DeliveryWork,
    ImportFile,
    Observation,
    Partition,
    Run,
)
from monitoring.readers import LIMITS
from portal import jobs
from portal.jobs import JobState
from tests.monitoring.delivering import one, table

pytestmark = pytest.mark.django_db

URL = "/cijfers/"
IMPORT = "/cijfers/inlezen/"
ORDER = "/cijfers/uitrekenen/"
PROGRESS = "/cijfers/voortgang/"
GOOD = b"gemeentecode;periode;indicator;teller;noemer\nGM0983;2023;vroeggeboorte;60;900\n"
BAD = b"gemeentecode;periode;indicator;teller;noemer\nGM9999;2023;vroeggeboorte;60;900\n"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def upload(content: bytes, name: str = "cijfers.csv") -> dict[str, object]:
    return {"bestand": SimpleUploadedFile(name, content), "bron": "Proef"}


@pytest.fixture
def analyst_client(deliver, coalition, analyst, log_in):
    """Logged in, with the catalogue in place and nothing delivered."""
    return log_in(analyst)


def test_an_analyst_sees_deliveries_with_what_they_changed(early_births, analyst, log_in):
    text = text_of(log_in(analyst).get(URL))
    assert "proef.csv" in text
    assert early_births.sha256[:12] in text
    assert "Alles opnieuw uitrekenen" in text


@pytest.mark.parametrize("url", [URL, PROGRESS])
def test_the_page_needs_a_log_in(client, db, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("url", [URL, PROGRESS])
def test_other_roles_are_refused(alderman, log_in, url):
    assert log_in(alderman).get(url).status_code == 403


@pytest.mark.parametrize("url", [IMPORT, ORDER])
def test_other_roles_change_nothing(alderman, log_in, url):
    assert log_in(alderman).post(url, upload(GOOD)).status_code == 403
    assert not ImportFile.objects.exists()
    assert not Run.objects.exists()


@pytest.mark.parametrize("url", [IMPORT, ORDER])
def test_acts_are_posted(analyst_client, url):
    assert analyst_client.get(url).status_code == 405


def test_a_good_file_waits_until_it_is_accepted(analyst_client, analyst):
    response = analyst_client.post(IMPORT, upload(GOOD), follow=True)
    assert "Er is nog niets opgeslagen" in text_of(response)
    assert "Controleer eerst: 1 nieuw, 0 gewijzigd, 0 gelijk." in text_of(response)
    assert not ImportFile.objects.exists()
    assert "cijfers.csv" in text_of(analyst_client.get(URL))
    delivery = Delivery.objects.get()
    text = text_of(analyst_client.post(f"{delivery.get_absolute_url()}overnemen/", follow=True))
    assert "cijfers.csv is ingelezen: 1 nieuw, 0 gewijzigd, 0 gelijk." in text
    file = ImportFile.objects.get()
    assert (file.imported_by, file.source_name) == (analyst, "Proef")
    assert Partition.objects.get().state == JobState.WAITING


def test_a_bad_file_gives_a_list_and_stores_nothing(analyst_client):
    text = text_of(analyst_client.post(IMPORT, upload(BAD), follow=True))
    assert "Er is niets opgeslagen" in text
    assert "gemeentecode GM9999 bestaat niet" in text
    assert "Neem de cijfers over" not in text
    assert not ImportFile.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xff\xfe\x00\x01 geen tekst", "onzin.csv"),
        (b"geen echt werkboek", "onzin.xlsx"),
        (b"{ kapot", "onzin.geojson"),
    ],
)
def test_an_unreadable_file_is_refused_with_a_sentence(analyst_client, content, name):
    response = analyst_client.post(IMPORT, upload(content, name))
    assert response.status_code == 422
    assert "Er is niets opgeslagen" in text_of(response)
    assert not ImportFile.objects.exists()


def test_an_empty_file_is_refused_by_the_form(analyst_client):
    response = analyst_client.post(IMPORT, upload(b""))
    assert response.status_code == 422
    assert not ImportFile.objects.exists()


def test_no_file_is_refused_by_the_form(analyst_client):
    assert analyst_client.post(IMPORT, {}).status_code == 422


def test_the_same_file_again_changes_nothing(analyst_client):
    analyst_client.post(IMPORT, upload(GOOD))
    analyst_client.post(f"{Delivery.objects.get().get_absolute_url()}overnemen/")
    text = text_of(analyst_client.post(IMPORT, upload(GOOD), follow=True))
    assert "Dit bestand is al ingelezen" in text
    assert ImportFile.objects.count() == 1
    assert Run.objects.count() == 1


def test_values_of_a_bad_file_are_shown_as_text(analyst_client):
    content = BAD.replace(b"GM9999", b"<script>x</script>")
    assert b"<script>x</script>" not in analyst_client.post(IMPORT, upload(content), follow=True).content


def test_working_everything_out_again_is_one_press(early_births, analyst, log_in):
    before = Run.objects.count()
    log_in(analyst).post(ORDER)
    run = Run.objects.with_progress().latest("pk")
    assert Run.objects.count() == before + 1
    assert run.requested_by == analyst
    assert (run.done, run.total) == (0, 2)


def test_the_newest_run_comes_first(early_births, analyst, log_in):
    client = log_in(analyst)
    for _ in range(3):
        client.post(ORDER)
    keys = [run.pk for run in Run.objects.with_progress()]
    assert len(keys) > 3
    assert keys == sorted(keys, reverse=True)


def test_without_figures_there_is_nothing_to_work_out(analyst_client):
    text = text_of(analyst_client.post(ORDER, follow=True))
    assert "Er zijn nog geen cijfers om uit te rekenen." in text
    assert not Run.objects.exists()


def test_progress_polls_while_there_is_work_and_then_stops(early_births, analyst, log_in):
    client = log_in(analyst)
    assert "hx-trigger" not in text_of(client.get(URL))
    client.post(ORDER)
    text = text_of(client.get(URL))
    assert f'hx-get="{PROGRESS}" hx-trigger="every 2s"' in text
    # Without JavaScript there is a link that does the same.
    assert f'<a href="{URL}">Ververs de pagina</a>' in text
    response = client.get(PROGRESS)
    assert response.status_code == 200
    assert "0 van 2 onderdelen" in text_of(response)
    jobs.work_due(Partition)
    response = client.get(PROGRESS, headers={"HX-Request": "true"})
    assert response.status_code == 286
    assert "2 van 2 onderdelen" in text_of(response)


def test_the_newest_calculation_stands_on_top(early_births, analyst, log_in):
    client = log_in(analyst)
    client.post(ORDER)
    runs = client.get(PROGRESS).context["runs"]
    assert [run.reason for run in runs] == ["gevraagd op deze pagina", "levering proef.csv"]


def test_a_failed_part_is_named(early_births, analyst, log_in):
    Partition.objects.filter(period__code="2023").update(state=JobState.FAILED)
    assert "1 onderdeel mislukt" in text_of(log_in(analyst).get(URL))


def test_the_page_stays_within_its_queries(early_births, analyst, log_in, django_assert_max_num_queries):
    client = log_in(analyst)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_too_large_a_file_is_refused_with_what_to_do(analyst, log_in, monkeypatch):
    monkeypatch.setattr(forms, "LIMITS", replace(LIMITS, size=10))
    response = log_in(analyst).post(IMPORT, upload(b"x" * 11))
    assert response.status_code == 422
    assert "Splits het bestand, bijvoorbeeld per jaar." in response.content.decode()
    assert "--deliver --source" in log_in(analyst).get("/cijfers/handleiding/").content.decode()


def test_a_large_file_is_left_to_a_worker_and_the_page_says_how_far_it_is(analyst_client, monkeypatch):
    monkeypatch.setattr(deliveries, "BYTES_AT_ONCE", 10)
    client = analyst_client
    page = client.post(IMPORT, upload(table(one(), one(when="2023"))), follow=True)
    assert "Het bestand wordt geopend." in text_of(page)
    delivery = Delivery.objects.get()
    progress = f"{delivery.get_absolute_url()}voortgang/"
    Delivery.objects.update(rows_done=1, row_count=2)
    assert "1 van 2 rijen" in words_of(client.get(progress))
    assert "wordt gecontroleerd" in text_of(client.get(URL))
    jobs.work_due(DeliveryWork)
    response = client.get(progress, headers={"HX-Request": "true"})
    assert response.status_code == 286
    assert "Klaar: 2 rijen. Bekijk het resultaat" in words_of(response)


def test_a_large_file_that_cannot_be_worked_says_so_and_can_be_stopped(analyst_client, monkeypatch):
    monkeypatch.setattr(deliveries, "BYTES_AT_ONCE", 10)
    client = analyst_client
    client.post(IMPORT, upload(table(one())))
    DeliveryWork.objects.update(state=JobState.FAILED, finished_at=Now())
    delivery = Delivery.objects.get()
    assert "Dit lukt niet" in text_of(client.get(delivery.get_absolute_url()))
    client.post(f"{delivery.get_absolute_url()}stoppen/")
    assert Delivery.objects.get().state == DeliveryState.CANCELLED
