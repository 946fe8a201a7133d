"""Which organisation a row is about: by its numbers, by its name, or by what somebody answers."""

import pytest

from coalitions.imports import plans
from partners.models import OrganisationAlias, OrganisationType
from portal.import_plans import Fate
from tests import factories
from tests.coalitions.imports.tables import HEADER, checked, csv_of, fates, make_known, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("types")]


def test_numbers_are_matched_before_names(coalition, coordinator):
    known = make_known("Heel andere naam", kvk="12345678")
    make_known("Kraamzorg Noord")
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Kraamzorg Noord", "kraamzorg", "", "12345678"]))
    row = plan.rows.get()
    assert (row.fate, row.organisation) == (Fate.CREATE, known)
    assert row.notes == ["Deze organisatie staat al in het portaal; haar gegevens blijven zoals ze zijn."]
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    known.refresh_from_db()
    assert known.name == "Heel andere naam"


def test_agb_and_oin_match_as_well(coalition, coordinator):
    care, town = make_known("A", agb="01234567"), make_known("B", oin="0" * 20)
    content = csv_of(
        ["Naam", "Soort", "AGB", "OIN"], ["X", "welzijn", "1234567", ""], ["Y", "welzijn", "", "0" * 20]
    )
    plan = checked(coalition, coordinator, content)
    assert [row.organisation for row in plan.rows.all()] == [care, town]
    assert plan.rows.first().notes[0] == "AGB: ‘1234567’ is gelezen als ‘01234567’."


def test_numbers_of_two_organisations_in_one_row_are_an_error(coalition, coordinator):
    make_known("A", kvk="12345678")
    make_known("B", agb="01234567")
    content = csv_of([*HEADER, "AGB"], ["A", "welzijn", "", "12345678", "01234567"])
    assert words(checked(coalition, coordinator, content)) == [
        "KvK-nummer: De nummers in deze regel horen bij verschillende organisaties. Controleer ze."
    ]


def test_a_municipality_is_found_by_its_code(coalition, coordinator):
    town = factories.make_organisation(
        "Gemeente Venlo", type_code="gemeente", municipality=coalition.municipalities().get(code="GM0983")
    )
    factories.make_member(coalition, town)
    content = csv_of(["Naam", "Soort", "Gemeente"], ["Stad Venlo", "gemeente", "983"])
    row = checked(coalition, coordinator, content).rows.get()
    assert (row.organisation, row.changes) == (town, {"name": ["Gemeente Venlo", "Stad Venlo"]})


def test_the_same_name_in_another_municipality_is_a_question(coalition, coordinator):
    venlo = coalition.municipalities().get(code="GM0983")
    other = factories.make_organisation("Welzijn Samen", municipality=venlo)
    content = csv_of(HEADER, ["Welzijn Samen", "welzijn", "Beesel", ""])
    plan = checked(coalition, coordinator, content)
    row = plan.rows.get()
    assert (row.fate, row.candidates) == (Fate.ASK, [[other.pk, "Welzijn Samen, Venlo"]])
    with pytest.raises(plans.StillAsked, match="Beantwoord eerst 1 vraag"):
        plans.confirm(plan=plan, skips_errors=True, by=coordinator)

    answered = plans.answer(plan=plan, answers={row.pk: other.pk}, by=coordinator)
    assert (fates(answered), answered.rows.get().organisation) == ([Fate.CREATE], other)
    answered = plans.answer(plan=plan, answers={row.pk: 0}, by=coordinator)
    assert (fates(answered), answered.rows.get().organisation) == ([Fate.CREATE], None)
    answered = plans.answer(plan=plan, answers={row.pk: -1}, by=coordinator)
    assert fates(answered) == [Fate.SKIP]


def test_the_same_name_with_another_number_is_a_question(coalition, coordinator):
    make_known("Welzijn Samen", kvk="12345678")
    content = csv_of(HEADER, ["Welzijn Samen", "welzijn", "", "87654321"])
    assert fates(checked(coalition, coordinator, content)) == [Fate.ASK]


def test_an_answer_that_was_not_offered_is_no_answer(coalition, coordinator):
    make_known("Welzijn Samen", kvk="12345678")
    stranger = make_known("Iets anders")
    plan = checked(coalition, coordinator, csv_of(HEADER, ["Welzijn Samen", "welzijn", "", "87654321"]))
    answered = plans.answer(plan=plan, answers={plan.rows.get().pk: stranger.pk}, by=coordinator)
    assert fates(answered) == [Fate.ASK]


def test_another_name_and_a_name_much_like_it_are_questions_and_an_answer_renames_nothing(
    coalition, coordinator
):
    known = make_known("Kraamzorg De Peel", type=OrganisationType.objects.get(code="kraamzorg"))
    factories.make_member(coalition, known)
    OrganisationAlias.objects.create(organisation=known, name="De Ooievaar")
    content = csv_of(
        ["Naam", "Soort"],
        ["de ooievaar", "kraamzorg"],
        ["Kraamzorg De Peell", "kraamzorg"],
        ["Nieuw", "welzijn"],
    )
    plan = checked(coalition, coordinator, content)
    assert fates(plan) == [Fate.ASK, Fate.ASK, Fate.CREATE]
    alias, alike, _ = plan.rows.order_by("line")
    assert [row.candidates[0][0] for row in (alias, alike)] == [known.pk, known.pk]
    plan = plans.answer(plan=plan, answers={alias.pk: known.pk, alike.pk: 0}, by=coordinator)
    assert fates(plan) == [Fate.UNCHANGED, Fate.CREATE, Fate.CREATE]


@pytest.mark.parametrize(
    ("typed", "kind", "place"),
    [
        ("Stichting Kraamzorg De Ooievar", "kraamzorg", "Venlo"),
        ("Stichting Kraamzorg De Ooievaar", "welzijn", "Beesel"),
        ("Stichting Kraamzorg de ooiévaars", "welzijn", ""),
        ("KDO Limburg", "welzijn", "Beesel"),
        ("Ooievaarsgroep Maas en Peel", "welzijn", "Beesel"),
        ("Ooievaarsgroep Maas en Peell", "welzijn", "Beesel"),
    ],
)
def test_a_name_like_one_of_its_names_is_a_question_whatever_its_kind_and_place(
    coalition, coordinator, typed, kind, place
):
    known = make_known(
        "Stichting Kraamzorg De Ooievaar",
        type=OrganisationType.objects.get(code="kraamzorg"),
        municipality=coalition.municipalities().get(code="GM0983"),
        short_name="KDO Limburg",
    )
    OrganisationAlias.objects.create(organisation=known, name="Ooievaarsgroep Maas en Peel")
    row = checked(coalition, coordinator, csv_of(HEADER, [typed, kind, place, ""])).rows.get()
    assert (row.fate, [pk for pk, _ in row.candidates]) == (Fate.ASK, [known.pk])


@pytest.mark.parametrize(
    "typed", ["Stichting Kraamzorg De Ooievaar 2", "Kraamzorg Het Nest", "Gemeente De Ooievaar"]
)
def test_another_number_or_another_name_asks_nothing(coalition, coordinator, typed):
    make_known("Stichting Kraamzorg De Ooievaar", type=OrganisationType.objects.get(code="kraamzorg"))
    row = checked(coalition, coordinator, csv_of(HEADER, [typed, "welzijn", "Beesel", ""])).rows.get()
    assert row.fate == Fate.CREATE
