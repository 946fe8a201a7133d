import datetime

import pytest

from coalitions.models import Role
from monitoring import interpretations, releases
from monitoring.alerts import Found
from monitoring.models import Aggregate, Indicator, Period, PooledFigure, ReleaseAlert, Status
from monitoring.release_changes import Change, Place
from portal import jobs
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


def told() -> list[Mail]:
    jobs.work_due(ReleaseAlert)
    return list(Mail.objects.filter(purpose="figures_changed").order_by("recipient"))


def test_coordinator_and_analyst_hear_what_a_release_changes_and_others_do_not(
    early_births, coalition, coordinator, analyst, alderman, outsider, deliver
):
    assert told() == []
    # Venlo goes from 60 to 160 of 900, far above the country.
    deliver(("GM0983", 2023, "vroeggeboorte", 160, 900), filename="nieuw.csv")
    mails = told()
    assert {mail.recipient for mail in mails} == {coordinator.email, analyst.email}
    assert (
        "Venlo, 2023: was geen duidelijk verschil met Nederland, nu duidelijk hoger dan Nederland"
        in mails[0].text
    )
    assert f"/coalities/{coalition.slug}/cijfers/" in mails[0].text
    # Nothing that is not shown is told: Beesel has 7 of 110.
    assert "110" not in mails[0].text
    jobs.work_due(ReleaseAlert)
    assert len(told()) == 2


def test_a_release_that_changes_no_judgement_tells_nobody(early_births, coordinator, deliver):
    deliver(("GM0014", 2023, "vroeggeboorte", 131, 2000), filename="nieuw.csv")
    assert told() == []


def test_a_figure_under_a_reading_that_moves_is_told(early_births, coalition, coordinator, deliver):
    figure = Aggregate.objects.get(area=coalition.area, period__code="2023", indicator__code="vroeggeboorte")
    interpretations.write(coalition=coalition, figure=figure, text="Dit herkennen wij.", by=coordinator)
    deliver(("GM0988", 2023, "vroeggeboorte", 41, 400), filename="nieuw.csv")
    (mail,) = told()
    assert "Bij deze duiding is het cijfer veranderd." in mail.text
    assert f"Vroeggeboorte in {coalition.area}, 2023: duiding van {coordinator.name}" in mail.text
    # The next release leaves it as it is by now, and is no news.
    deliver(("GM0014", 2022, "vroeggeboorte", 131, 2000), filename="ander-jaar.csv")
    assert len(told()) == 1


def test_rolling_back_is_told_as_well(early_births, coalition, coordinator, deliver):
    before = releases.published()
    deliver(("GM0983", 2023, "vroeggeboorte", 160, 900), filename="nieuw.csv")
    assert len(told()) == 1
    factories.give_role(factories.make_person("Tweede"), coalition, Role.ANALYST)
    releases.roll_back(release=before, by=factories.make_person("Rita Terug"))
    assert any("was duidelijk hoger dan Nederland" in mail.text for mail in told())


def own_lines(mail: Mail) -> list[str]:
    return [line for line in mail.text.splitlines() if line.startswith("- ")]


def test_three_years_together_that_are_judged_otherwise_are_told_where_each_year_stays_hidden(
    three_years, coordinator, deliver
):
    assert PooledFigure.objects.published().get(area=three_years).numerator == 21
    # Each year stays below ten.
    deliver(*(("GM0889", year, "vroeggeboorte", 9, 40) for year in (2021, 2022, 2023)), filename="nieuw.csv")
    assert PooledFigure.objects.published().get(area=three_years).numerator == 27
    (mail,) = told()
    was, now = "geen duidelijk verschil met Nederland", "duidelijk hoger dan Nederland"
    wanted = f"- Vroeggeboorte in Beesel, 2021-2023 samen: was {was}, nu {now}"
    assert [line for line in own_lines(mail) if "Beesel" in line] == [wanted]


def test_three_years_that_come_and_go_are_told_by_their_reason_alone(three_years, coordinator, deliver):
    deliver(("GM0889", 2021, "vroeggeboorte", 12, 110), filename="nieuw.csv")
    # Two years of Beesel are left: with the third subtracted the sum would still be of two.
    released = PooledFigure.objects.published().get(area=three_years)
    (mail,) = told()
    lines = [line for line in own_lines(mail) if "Beesel" in line]
    assert "- Vroeggeboorte in Beesel, 2021: was niet getoond: te kleine aantallen, nu " in lines[0]
    assert len(lines) == 1 + (released.status != Status.REPORTED)
    assert not any(number in line for line in own_lines(mail) for number in ("110", "26", " 7 "))


def test_what_was_withdrawn_of_three_years_is_not_told(three_years, coordinator, deliver):
    place = {"indicator": Indicator.objects.current().get(code="vroeggeboorte"), "area": three_years}
    period = Period.objects.get(code="2022")
    releases.withdraw(**place, period=period, reason="Onjuist geteld", by=coordinator)
    deliver(*(("GM0889", year, "vroeggeboorte", 9, 40) for year in (2021, 2022, 2023)), filename="nieuw.csv")
    assert not any("Beesel" in line for mail in told() for line in own_lines(mail))


def test_three_years_under_a_reading_that_move_are_told(three_years, coalition, coordinator, deliver):
    figure = Aggregate.objects.get(area=three_years, period__code="2023", indicator__code="vroeggeboorte")
    row = interpretations.write(coalition=coalition, figure=figure, text="Dat herkennen wij.", by=coordinator)
    assert (row.value, row.pooled_from, row.pooled_value) == (None, 2021, pytest.approx(100 * 21 / 330))
    # The year stays as it was on the screen, and so does what is judged: only the sum of three years moves.
    deliver(("GM0889", 2022, "vroeggeboorte", 8, 110), filename="nieuw.csv")
    (mail,) = told()
    assert own_lines(mail) == [f"- Vroeggeboorte in Beesel, 2023: duiding van {coordinator.name}"]


def test_a_reading_beside_a_year_that_is_shown_is_not_about_three_years(three_years, coalition, coordinator):
    figure = Aggregate.objects.get(area__code="GM0983", period__code="2023", indicator__code="vroeggeboorte")
    row = interpretations.write(coalition=coalition, figure=figure, text="Dat herkennen wij.", by=coordinator)
    assert (row.pooled_from, row.pooled_value) == (None, None)


def test_places_of_which_the_same_changes_share_a_line_and_the_coalition_itself_comes_first():
    def change(place: str, kind: str = "municipality", now: str = "higher") -> Change:
        return Change(
            indicator="Vroeggeboorte",
            period="2023",
            reference_date=datetime.date(2023, 1, 1),
            place=Place(pk=1, name=place, kind=kind, sort_key=place.lower()),
            before=("reported", "same"),
            after=("reported", now),
        )

    towns = [change(f"Dorp {number}") for number in range(10)]
    found = Found(changes=[change("Venlo", now="lower"), *towns, change("Regio", "coalition")])
    first = "Regio, Dorp 0, Dorp 1, Dorp 2, Dorp 3, Dorp 4, Dorp 5 en 4 andere gebieden"
    was = "2023: was geen duidelijk verschil met Nederland, nu duidelijk"
    assert found.lines == [
        f"Vroeggeboorte in {first}, {was} hoger dan Nederland",
        f"Vroeggeboorte in Venlo, {was} lager dan Nederland",
    ]
    # A coalition of one municipality is told once.
    assert len(Found(changes=[change("Almere", "coalition"), change("Almere")]).lines) == 1
    assert "Almere," in Found(changes=[change("Almere", "coalition"), change("Almere")]).lines[0]
