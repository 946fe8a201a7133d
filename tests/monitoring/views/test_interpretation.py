import pytest
from django.urls import reverse

from coalitions.models import Role
from monitoring import interpretations
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]


def url_of(coalition, name: str = "list") -> str:
    return reverse(f"monitoring:interpretation-{name}", args=[coalition.slug, "vroeggeboorte"])


def test_partners_read_a_figure_and_the_coordinator_fixes_what_all_agree_on(
    early_births, coalition, coordinator, partner, log_in, deliver
):
    organisation = partner.representatives.get().organisation
    sent = {"text": "Wij herkennen dit in de spreekkamer.", "organisation": organisation.pk}
    client = log_in(partner)
    assert client.post(url_of(coalition, "add"), sent).status_code == 302
    client = log_in(coordinator)
    client.post(url_of(coalition, "add"), {"text": "Samen kiezen wij voor vroege hulp.", "is_shared": "on"})
    text = client.get(url_of(coalition)).content.decode()
    assert text.index("Samen kiezen wij") < text.index("Wij herkennen dit")
    assert f"Petra Partner, {organisation.name}" in text
    assert "sindsdien gewijzigd" not in text
    deliver(("GM0988", 2023, "vroeggeboorte", 50, 400), filename="nieuw.csv")
    assert "sindsdien gewijzigd" in client.get(url_of(coalition)).content.decode()
    csv = client.get(url_of(coalition, "csv")).content.decode("utf-8-sig")
    assert "Samen kiezen wij voor vroege hulp.;ja;De coalitie;Carla Co" in csv
    row = coalition.interpretations.get(is_shared=True)
    client.post(reverse("monitoring:interpretation-withdraw", args=[coalition.slug, row.pk]))
    assert "Samen kiezen wij" not in client.get(url_of(coalition)).content.decode()


def test_a_reading_of_three_years_together_says_so_and_is_flagged_when_they_move(
    third_municipality, country, coalition, coordinator, deliver, log_in
):
    rows = (("GM0983", 60, 900), ("GM0889", 7, 110), ("GM0988", 8, 120), ("GM0014", 130, 2000))
    deliver(
        *(
            (code, year, "vroeggeboorte", count, size)
            for year in (2021, 2022, 2023)
            for code, count, size in rows
        )
    )
    client = log_in(coordinator)
    place = f"{url_of(coalition, 'add')}?gebied=GM0889&periode=2023"
    assert client.post(place, {"text": "Dat zien wij in het dorp ook."}).status_code == 302
    text = client.get(f"{url_of(coalition)}?gebied=GM0889").content.decode()
    assert "Het cijfer was toen: niet getoond: te kleine aantallen; 2021-2023 samen: 6,4%" in text
    # Its table is about the place that was chosen, and says three years together as well.
    assert '<th scope="col" class="number">Beesel</th>' in text
    assert "Drie jaren samen" in text
    assert "sindsdien gewijzigd" not in text
    deliver(("GM0889", 2022, "vroeggeboorte", 8, 110), filename="nieuw.csv")
    text = client.get(url_of(coalition)).content.decode()
    assert "sindsdien gewijzigd" in text
    assert "2021-2023 samen: 6,7%" in text


def test_the_public_reads_no_discussion(early_births, coalition, client):
    assert client.get(url_of(coalition)).status_code == 302
    page = reverse("monitoring:indicator-detail", args=["vroeggeboorte"])
    assert "/duiding/" not in client.get(f"{page}?gebied={coalition.slug}").content.decode()


def test_for_an_outsider_it_does_not_exist(early_births, coalition, outsider, log_in):
    assert log_in(outsider).get(url_of(coalition)).status_code == 404


def test_who_reads_along_writes_nothing(early_births, coalition, log_in):
    reader = factories.make_person("Rik Lezer")
    factories.give_role(reader, coalition, Role.READER)
    client = log_in(reader)
    assert client.get(url_of(coalition)).status_code == 200
    assert client.get(url_of(coalition, "add")).status_code == 403


def test_too_few_words_and_a_bsn_are_refused(early_births, coalition, coordinator, log_in):
    client = log_in(coordinator)
    assert client.post(url_of(coalition, "add"), {"text": "Kort"}).status_code == 422
    with_bsn = {"text": "Het gaat om het gezin van 123456782."}
    assert client.post(url_of(coalition, "add"), with_bsn).status_code == 422
    assert not coalition.interpretations.exists()


def test_a_reading_becomes_a_proposed_action_about_the_same_figure(
    read_together, coalition, coordinator, log_in
):
    client = log_in(coordinator)
    url = reverse("monitoring:interpretation-action", args=[coalition.slug, read_together.pk])
    page = client.get(url)
    assert page.context["form"].initial["why"] == read_together.text
    sent = {"title": "Rook bespreken", "why": read_together.text, "kind": "other"}
    sent["indicator_codes"] = page.context["form"].initial["indicator_codes"]
    response = client.post(url, sent)
    action = coalition.actions.get()
    assert response["Location"] == action.get_absolute_url()
    assert action.indicator_codes == ["vroeggeboorte"]
    assert "Hieruit kwam een voorstel" in client.get(url_of(coalition)).content.decode()
    assert "Vroeggeboorte" in client.get(action.get_absolute_url()).content.decode()


def test_an_incomplete_proposal_is_refused(read_together, coalition, coordinator, log_in):
    url = reverse("monitoring:interpretation-action", args=[coalition.slug, read_together.pk])
    assert log_in(coordinator).post(url, {"title": ""}).status_code == 422
    assert not coalition.actions.exists()


def test_a_reading_taken_back_leads_to_no_action(read_together, coalition, coordinator, log_in):
    interpretations.withdraw(interpretation=read_together, by=coordinator)
    url = reverse("monitoring:interpretation-action", args=[coalition.slug, read_together.pk])
    assert log_in(coordinator).get(url).status_code == 404


def test_who_reads_along_proposes_nothing(read_together, coalition, log_in):
    reader = factories.make_person("Rik Lezer")
    factories.give_role(reader, coalition, Role.READER)
    url = reverse("monitoring:interpretation-action", args=[coalition.slug, read_together.pk])
    assert log_in(reader).get(url).status_code == 403
