import pytest

from coalitions.models import Role
from monitoring import interpretations, releases
from monitoring.models import Aggregate, ReleaseAlert
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
    assert "Venlo, 2023: was geen duidelijk verschil, nu duidelijk hoger dan Nederland" in mails[0].text
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
    assert "Bij 1 duiding is het cijfer gewijzigd" in mail.text


def test_rolling_back_is_told_as_well(early_births, coalition, coordinator, deliver):
    before = releases.published()
    deliver(("GM0983", 2023, "vroeggeboorte", 160, 900), filename="nieuw.csv")
    assert len(told()) == 1
    factories.give_role(factories.make_person("Tweede"), coalition, Role.ANALYST)
    releases.roll_back(release=before, by=factories.make_person("Rita Terug"))
    assert any("was duidelijk hoger dan Nederland" in mail.text for mail in told())
