"""The yearly measuring, agreements, talks, checklist and lists: every way out."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalitions import conditions, fixed_facts
from coalitions.models import (
    CheckState,
    Condition,
    ConditionScore,
    ListKind,
    PartnerReview,
    Requirement,
    RequirementCheck,
    Score,
)
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def facts(db):
    fixed_facts.load()


def test_there_are_twelve_and_loading_twice_keeps_twelve():
    fixed_facts.load()
    assert Condition.objects.count() == 12


def test_a_year_is_measured_and_corrected(coalition, coordinator):
    first = Condition.objects.first()
    measure = {first: (Score.MISSING, "Nog niemand ")}
    conditions.score_year(coalition=coalition, year=YEAR, scores=measure, by=coordinator)
    measure = {first: (Score.IN_PLACE, "")}
    conditions.score_year(coalition=coalition, year=YEAR, scores=measure, by=coordinator)
    score = ConditionScore.objects.get()
    assert (score.score, score.note) == (Score.IN_PLACE, "")


def test_a_year_to_come_is_not_measured(coalition, coordinator):
    scores = {Condition.objects.first(): (Score.IN_PLACE, "")}
    with pytest.raises(conditions.YearToCome):
        conditions.score_year(coalition=coalition, year=YEAR + 1, scores=scores, by=coordinator)


def test_nothing_stays_of_a_year_when_one_score_is_refused(coalition, coordinator):
    first, second = Condition.objects.all()[:2]
    scores = {first: (Score.IN_PLACE, ""), second: (Score.IN_PLACE, "dossier 111222333")}
    with pytest.raises(Refused, match="burgerservicenummer"):
        conditions.score_year(coalition=coalition, year=YEAR, scores=scores, by=coordinator)
    assert not ConditionScore.objects.exists()


def test_a_condition_of_ones_own_is_for_this_coalition_and_once(coalition, coordinator):
    conditions.add_condition(coalition=coalition, name="Vertrouwen", question="Is het er?", by=coordinator)
    with pytest.raises(Refused, match="staat er al"):
        conditions.add_condition(coalition=coalition, name="Vertrouwen", question="?", by=coordinator)


def agreement(coalition, by, **changes):
    details = {
        "title": "Warme overdracht",
        "version": "1",
        "valid_from": datetime.date(2024, 1, 1),
        "review_on": None,
        "party_types": [factories.make_type()],
    }
    return conditions.write_agreement(coalition=coalition, by=by, **(details | changes))


def test_an_agreement_has_types_a_version_and_a_file(coalition, coordinator):
    upload = SimpleUploadedFile("afspraak.pdf", b"%PDF-1.7")
    found = agreement(coalition, coordinator, file=upload)
    assert (str(found), found.file.name, found.party_types.count()) == (
        "Warme overdracht, versie 1",
        "afspraak.pdf",
        1,
    )
    again = agreement(coalition, coordinator, agreement=found, title="Anders")
    assert (again.pk, again.title, again.file.name) == (found.pk, "Anders", "afspraak.pdf")


def test_a_version_is_there_once_and_is_reviewed_later(coalition, coordinator):
    agreement(coalition, coordinator)
    with pytest.raises(Refused, match="Deze versie"):
        agreement(coalition, coordinator)
    with pytest.raises(Refused, match="opnieuw na de dag"):
        agreement(coalition, coordinator, version="2", review_on=datetime.date(2023, 1, 1))


def test_a_yearly_talk_is_written_and_corrected(coalition, coordinator):
    membership = factories.make_member(coalition)
    words = {"effort": "Veel", "result": "Goed", "follow_up": ""}
    for effort in ("Veel", "Meer"):
        conditions.write_review(
            membership=membership,
            year=YEAR,
            held_on=factories.today(),
            by=coordinator,
            **(words | {"effort": effort}),
        )
    assert PartnerReview.objects.get().effort == "Meer"
    with pytest.raises(conditions.YearToCome):
        conditions.write_review(
            membership=membership, year=YEAR + 1, held_on=factories.today(), by=coordinator, **words
        )


def test_a_municipality_of_elsewhere_is_not_checked(coalition, coordinator):
    states = {Requirement.objects.first(): (CheckState.DONE, "")}
    for _ in range(2):
        conditions.check_municipality(
            coalition=coalition,
            municipality=coalition.municipalities().first(),
            states=states,
            by=coordinator,
        )
    assert RequirementCheck.objects.count() == 1
    with pytest.raises(conditions.NotHere):
        conditions.check_municipality(
            coalition=coalition, municipality=factories.make_area(), states=states, by=coordinator
        )


def test_a_line_on_a_list_has_an_owner_and_is_dealt_with(coalition, coordinator):
    details = {"title": "Nu Niet Zwanger", "explanation": "", "url": "", "owner": coordinator}
    entry = conditions.write_entry(coalition=coalition, kind=ListKind.INITIATIVE, by=coordinator, **details)
    entry = conditions.finish_entry(entry=entry, is_done=True, by=coordinator)
    assert entry.done_on == factories.today()
    entry = conditions.finish_entry(entry=entry, is_done=False, by=coordinator)
    assert entry.done_on is None


def test_the_database_keeps_one_score_a_year_and_years_in_reach(coalition):
    first = Condition.objects.first()
    ConditionScore.objects.create(coalition=coalition, condition=first, year=2024, score="missing")
    for year in (2024, 1999):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConditionScore.objects.create(coalition=coalition, condition=first, year=year, score="missing")
