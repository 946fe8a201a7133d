import pytest
from django.db import IntegrityError, transaction

from monitoring import orders, release_changes, releases
from monitoring.models import (
    Aggregate,
    Audit,
    Edition,
    Indicator,
    Partition,
    Period,
    Publication,
    Release,
    ReleaseFigure,
    ReleaseState,
    Status,
    Withdrawal,
)
from partners.models import Area, Person
from portal import jobs
from portal.acts import Refused
from portal.jobs import JobState
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

VENLO = "GM0983"


@pytest.fixture
def first() -> Person:
    return factories.make_person("Eerste analist", logs_in=False)


@pytest.fixture
def second() -> Person:
    return factories.make_person("Tweede analist", logs_in=False)


@pytest.fixture
def draft(early_births, first) -> Release:
    """A second release in preparation, ordered by the first analyst and worked out."""
    orders.order_all(reason="proef", by=first)
    jobs.work_due(Partition)
    jobs.work_due(Audit)
    return Release.objects.open().get()


def venlo() -> Aggregate:
    return Aggregate.objects.get(area__code=VENLO, period__code="2023", indicator__code="vroeggeboorte")


def test_a_release_goes_from_draft_to_the_public_in_three_steps(draft, first, second):
    releases.check(release=draft, by=first)
    releases.approve(release=draft, by=second)
    before = releases.published()
    assert before != draft
    published = releases.publish(release=draft, by=second)
    assert (published.state, published.checked_by, published.approved_by) == ("published", first, second)
    assert releases.published() == draft
    assert {figure.partition.run.release for figure in Aggregate.objects.all()} == {draft}


def test_who_ordered_the_figures_does_not_approve_them(draft, first, second):
    releases.check(release=draft, by=second)
    with pytest.raises(releases.OwnWork, match="andere analist"):
        releases.approve(release=draft, by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=draft.pk).update(
            state="approved", approved_at=draft.begun_at, approved_by=first
        )
    assert Release.objects.get(pk=draft.pk).state == ReleaseState.CHECKED


@pytest.mark.parametrize("model", [Partition, Audit])
@pytest.mark.parametrize("state", [JobState.WAITING, JobState.FAILED])
def test_nothing_goes_on_while_a_part_is_unfinished(draft, second, model, state):
    rows = model.objects.order_by("-pk")[:1]
    model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        state=state, finished_at=None if state == JobState.WAITING else draft.begun_at
    )
    with pytest.raises(releases.NotReady, match="1 "):
        releases.check(release=draft, by=second)
    assert Release.objects.get(pk=draft.pk).state == ReleaseState.DRAFT


def test_the_database_refuses_a_release_whose_audit_failed(draft, first, second):
    releases.check(release=draft, by=first)
    Audit.objects.update(state=JobState.FAILED, finished_at=draft.begun_at)
    with pytest.raises(Refused, match="Nog niet alle onderdelen"):
        releases.approve(release=draft, by=second)


@pytest.mark.parametrize("step", [releases.approve, releases.publish, releases.roll_back, releases.send_back])
def test_no_step_is_skipped(draft, second, step):
    with pytest.raises(releases.WrongStep):
        step(release=draft, by=second)
    assert releases.published() != draft


def test_a_change_takes_an_approved_release_back_to_a_draft(draft, first, second):
    releases.check(release=draft, by=first)
    releases.approve(release=draft, by=second)
    orders.order_all(reason="nog eens", by=None)
    again = Release.objects.open().get()
    assert (again.pk, again.state, again.approved_by) == (draft.pk, ReleaseState.DRAFT, None)


def test_what_did_not_change_is_carried_over_and_not_worked_out_again(early_births, deliver):
    before = releases.published()
    partition = Edition.objects.get(release=before, period__code="2022").partition
    deliver((VENLO, 2023, "vroeggeboorte", 70, 900), filename="beter.csv")
    after = releases.published()
    assert after != before
    assert Edition.objects.get(release=after, period__code="2022").partition == partition
    assert Edition.objects.get(release=after, period__code="2023").partition.run.release == after


def test_rolling_back_gives_the_figures_of_before(early_births, deliver, second):
    before = releases.published()
    deliver((VENLO, 2023, "vroeggeboorte", 70, 900), filename="beter.csv")
    assert venlo().numerator == 70
    releases.roll_back(release=before, by=second)
    assert venlo().numerator == 60
    assert Publication.objects.get().moved_by == second


def test_the_report_names_each_judgement_that_changes(early_births, deliver):
    before = releases.published()
    deliver((VENLO, 2023, "vroeggeboorte", 5, 900), filename="beter.csv")
    changes, count = release_changes.between(before, releases.published())
    of_venlo = next(change for change in changes if change.place.name == "Venlo")
    assert (of_venlo.period, of_venlo.new) == ("2023", "niet getoond: te kleine aantallen")
    assert count == len(changes)
    assert {change.period for change in changes} == {"2023"}


def lost(before, after):
    changes, _ = release_changes.between(before, after)
    return [(one.period, one.new) for one in changes if one.is_lost_for_the_country]


def test_a_figure_of_the_country_that_is_lost_is_named(early_births, deliver):
    before = releases.published()
    deliver((VENLO, 2023, "vroeggeboorte", 5, 900), filename="beter.csv")
    small = releases.published()
    assert lost(before, small) == [("2023", "niet getoond: anders is een klein aantal uit te rekenen")]
    assert not lost(small, before)
    assert not lost(before, before)


def test_three_years_of_the_country_that_are_lost_are_named_too(three_years, deliver):
    before = releases.published()
    deliver((VENLO, 2023, "vroeggeboorte", 5, 900), filename="beter.csv")
    assert [period for period, _ in lost(before, releases.published())] == ["2021-2023 samen", "2023"]


def test_where_there_are_too_many_changes_those_of_the_country_stay(early_births, deliver):
    before = releases.published()
    deliver((VENLO, 2023, "vroeggeboorte", 5, 900), filename="beter.csv")
    changes, count = release_changes.between(before, releases.published(), most=1)
    assert count > 1
    assert [one.place.kind for one in changes] == ["country"]


def test_there_is_one_open_release(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create()


def test_the_pointer_only_points_at_what_was_published(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(release=draft)


def test_a_draft_is_seen_by_its_release_alone(early_births, first):
    text = ReleaseFigure.objects.filter(release=releases.published())
    orders.order_all(reason="proef", by=first)
    jobs.work_due(Partition)
    assert text.count() == Aggregate.objects.count()
    assert ReleaseFigure.objects.filter(release__state="draft").count() == text.count()


def test_a_withdrawn_figure_is_gone_at_once_and_comes_back(early_births, second):
    place = {
        "indicator": Indicator.objects.current().get(code="vroeggeboorte"),
        "period": Period.objects.get(code="2023"),
        "area": Area.objects.get(code=VENLO),
    }
    withdrawal = releases.withdraw(**place, reason="Verkeerd geteld", by=second)
    hidden = venlo()
    assert (hidden.status, hidden.value, hidden.denominator) == (Status.WITHDRAWN, None, None)
    with pytest.raises(Refused, match="al ingetrokken"):
        releases.withdraw(**place, reason="Nog eens", by=second)
    releases.restore(withdrawal=withdrawal, by=second)
    assert venlo().numerator == 60
    with pytest.raises(Refused):
        releases.restore(withdrawal=withdrawal, by=second)
    assert Withdrawal.objects.in_force().count() == 0


def test_a_withdrawal_needs_a_reason(early_births, second):
    with pytest.raises(Refused):
        releases.withdraw(
            indicator=Indicator.objects.current().get(code="vroeggeboorte"),
            period=Period.objects.get(code="2023"),
            area=Area.objects.get(code=VENLO),
            reason="",
            by=second,
        )
    assert venlo().numerator == 60
