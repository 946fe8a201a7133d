import io

import pytest

from monitoring import deliveries
from monitoring.models import Delivery, DeliveryState, Observation

pytestmark = pytest.mark.django_db

HEADER = "gemeentecode;periode;indicator;teller;noemer"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def bring(deliver, coalition, analyst):
    def bring(*rows: str, header: str = HEADER) -> Delivery:
        return deliveries.bring_in(
            source=io.BytesIO("\n".join([header, *rows]).encode()),
            filename="proef.csv",
            by=analyst,
            source_name="Proef",
        )

    return bring


def test_a_changed_figure_is_shown_beside_what_stood_and_taken_back(bring, deliver, analyst, log_in):
    deliver(("GM0983", 2023, "vroeggeboorte", 60, 900))
    delivery = bring("GM0983;2023;vroeggeboorte;66;900")
    client, url = log_in(analyst), delivery.get_absolute_url()
    text = text_of(client.get(url))
    assert "Wat verandert er?" in text
    assert "60 van 900" in text
    assert "66 van 900" in text
    client.post(f"{url}overnemen/")
    assert Observation.objects.current().get().numerator == 66
    assert client.post(f"{url}terugdraaien/", {"reden": ""}).status_code == 422
    text = text_of(client.post(f"{url}terugdraaien/", {"reden": "Verkeerd"}, follow=True))
    assert "Teruggedraaid" in text
    assert Observation.objects.current().get().numerator == 60
    text = text_of(client.post(f"{url}terugdraaien/", {"reden": "Nog eens"}, follow=True))
    assert "Deze levering is al een stap verder." in text


def test_columns_with_other_headings_are_tied_on_a_page_of_their_own(bring, analyst, log_in):
    delivery = bring("GM0983;2023;60;900", header="Gebiedscode;Jaar;Te vroeg;Geboren")
    client, url = log_in(analyst), delivery.get_absolute_url()
    response = client.get(url, follow=True)
    assert response.redirect_chain == [(f"{url}kolommen/", 302)]
    assert "Te vroeg, bijvoorbeeld ‘60’" in text_of(response)
    chosen = {"gemeentecode": "0", "periode": "1", "teller": "2", "noemer": "2"}
    response = client.post(f"{url}kolommen/", chosen)
    assert response.status_code == 422
    assert "Deze kolom is al gekozen" in text_of(response)
    assert "vul bij ‘alle rijen’ in wat voor het hele bestand geldt" in text_of(response)
    chosen |= {"noemer": "3", "vaste_indicator": "vroeggeboorte"}
    assert "1 nieuw" in text_of(client.post(f"{url}kolommen/", chosen, follow=True))


@pytest.mark.parametrize(
    ("both", "sentence"),
    [
        (
            {"indicator": "1", "vaste_indicator": "vroeggeboorte"},
            (
                "Je koos de kolom ‘Cijfer’, en vulde ook in wat voor alle rijen geldt. Dat kan niet allebei. "
                "Kies hier ‘Staat niet in het bestand’, of kies bij ‘alle rijen’: "
                "‘Nee, het staat in een kolom’."
            ),
        ),
        (
            {"periode": "1", "vaste_periode": "2023", "vaste_indicator": "vroeggeboorte"},
            "Kies hier ‘Staat niet in het bestand’, of maak het veld met ‘alle rijen’ leeg.",
        ),
        ({"vaste_periode": "2021-2023"}, "‘2021-2023’ is geen periode. Vul één jaar in, bijvoorbeeld 2024."),
    ],
)
def test_a_column_and_what_holds_for_all_rows_are_not_chosen_together(bring, analyst, log_in, both, sentence):
    delivery = bring("GM0983;vroeggeboorte;60;900", header="Gebiedscode;Cijfer;Te vroeg;Geboren")
    client, url = log_in(analyst), delivery.get_absolute_url()
    chosen = {"gemeentecode": "0", "teller": "2", "noemer": "3", "vaste_periode": "2023"}
    response = client.post(f"{url}kolommen/", chosen | both)
    assert response.status_code == 422
    text = text_of(response)
    assert sentence in text
    assert ("wat voor het hele bestand geldt" in text) == ("vaste_indicator" not in both)


def test_warnings_are_accepted_with_a_tick_and_a_reason(country, bring, analyst, log_in):
    delivery = bring("GM0983;2023;vroeggeboorte;60;900", "NL;2023;vroeggeboorte;600;9000")
    client, url = log_in(analyst), delivery.get_absolute_url()
    assert "Ontbreken er gemeenten?" in text_of(client.get(url))
    assert client.post(f"{url}overnemen/", {"reden": "Zo is het"}).status_code == 422
    assert not Observation.objects.exists()
    client.post(f"{url}overnemen/", {"bekeken": "on", "reden": "Alleen Venlo doet mee"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (DeliveryState.ACCEPTED, "Alleen Venlo doet mee")


def test_problems_come_along_as_a_file(bring, analyst, log_in):
    delivery = bring("GM9999;2023;vroeggeboorte;60;900")
    text = log_in(analyst).get(f"{delivery.get_absolute_url()}problemen.csv").content.decode("utf-8-sig")
    assert "fout;2;gemeentecode;GM9999;Rij 2, kolom gemeentecode: gemeentecode GM9999 bestaat niet." in text


def test_a_stopped_delivery_changes_nothing(bring, analyst, log_in):
    delivery = bring("GM0983;2023;vroeggeboorte;60;900")
    client, url = log_in(analyst), delivery.get_absolute_url()
    text = text_of(client.post(f"{url}stoppen/", follow=True))
    assert "proef.csv is niet overgenomen. Er is niets veranderd." in text
    assert "Er is niets van opgeslagen." in text_of(client.get(url))
    assert not Observation.objects.exists()


def test_others_see_and_change_nothing(bring, alderman, client, log_in):
    delivery = bring("GM0983;2023;vroeggeboorte;60;900")
    url = delivery.get_absolute_url()
    assert client.get(url).status_code == 302
    client = log_in(alderman)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}overnemen/").status_code == 403
    assert not Observation.objects.exists()


def test_a_template_that_is_filled_in_comes_in_again(deliver, coalition, analyst, log_in):
    client = log_in(analyst)
    content = client.get("/cijfers/sjabloon/vroeggeboorte.csv").content
    filled = content.decode("utf-8-sig").replace("vroeggeboorte;;", "vroeggeboorte;60;900", 1)
    delivery = deliveries.bring_in(
        source=io.BytesIO(filled.encode()), filename="sjabloon.csv", by=analyst, source_name="JGZ"
    )
    assert (delivery.errors, delivery.new_count) == ([], 2)
    response = client.get("/cijfers/sjabloon/vroeggeboorte.xlsx")
    again = deliveries.bring_in(
        source=io.BytesIO(response.content), filename="sjabloon.xlsx", by=analyst, source_name="JGZ"
    )
    assert (again.errors, again.new_count) == ([], 2)
    assert client.get("/cijfers/sjabloon/onbekend.csv").status_code == 404


def test_a_vsv_gets_a_code(analyst, log_in):
    client = log_in(analyst)
    text = text_of(client.post("/cijfers/vsv/", {"naam": "VSV Venlo"}, follow=True))
    assert "VSV Venlo heeft de code VSV001." in text
    response = client.post("/cijfers/vsv/", {"naam": "VSV Venlo"})
    assert response.status_code == 422
    assert "Er is al een VSV met deze naam." in text_of(response)
