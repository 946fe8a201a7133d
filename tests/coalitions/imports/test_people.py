"""What each row of a table of people would do, and what saving does."""

import pytest

from coalitions.imports import plans
from coalitions.models import MembershipState, Seat
from partners.models import Person, Representative
from portal.import_plans import Fate
from tests import factories
from tests.coalitions.imports.tables import PEOPLE, checked, csv_of, fates, saved, words

pytestmark = pytest.mark.django_db

HEADER = ["Organisatie", "Naam", "Functie", "Mailadres", "Telefoon", "Niveau"]


@pytest.fixture
def membership(coalition):
    return factories.make_member(coalition, factories.make_organisation("Kraamzorg Noord"))


def test_somebody_new_gets_a_function_and_a_seat_and_no_log_in(coalition, coordinator, membership):
    row = ["kraamzorg noord", "Nora Nieuw", "bestuurder", "Nora@Example.org", "077 123", "bestuur"]
    saved(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    speaker = Representative.objects.get(organisation=membership.organisation)
    assert (speaker.person.name, speaker.person.email, speaker.function) == (
        "Nora Nieuw",
        "nora@example.org",
        "bestuurder",
    )
    assert not speaker.person.has_usable_password()
    seat = Seat.objects.get()
    assert (seat.membership, seat.representative, seat.level) == (membership, speaker, "board")


def test_two_rows_of_somebody_new_are_one_person_with_two_functions(coalition, coordinator, membership):
    content = csv_of(
        HEADER,
        ["Kraamzorg Noord", "Nora Nieuw", "bestuurder", "n@example.org", "", "bestuur"],
        ["Kraamzorg Noord", "Nora Nieuw", "bestuurder", "n@example.org", "", "management"],
        ["Kraamzorg Noord", "Nora Nieuw", "verpleegkundige", "n@example.org", "", ""],
    )
    saved(coalition, coordinator, content, kind=PEOPLE)
    person = Person.objects.get(email="n@example.org")
    assert sorted(person.representatives.values_list("function", flat=True)) == [
        "bestuurder",
        "verpleegkundige",
    ]
    assert sorted(Seat.objects.values_list("level", flat=True)) == ["board", "management"]


def test_a_new_function_or_telephone_is_shown_and_corrected(coalition, coordinator, membership):
    person = factories.make_person("Piet", email="piet@example.org", logs_in=False)
    Person.objects.filter(pk=person.pk).update(password="!niets")
    factories.make_representative(person, membership.organisation, function="adviseur")
    row = ["Kraamzorg Noord", "Piet Peters", "directeur", "piet@example.org", "077 1", ""]
    plan = checked(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    assert plan.rows.get().changes == {
        "name": ["Piet", "Piet Peters"],
        "phone": ["", "077 1"],
        "function": ["adviseur", "directeur"],
    }
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    person.refresh_from_db()
    assert (person.name, person.phone, person.representatives.get().function) == (
        "Piet Peters",
        "077 1",
        "directeur",
    )


def test_who_can_log_in_keeps_her_own_name(coalition, coordinator, membership):
    person = factories.make_person("Petra", email="petra@example.org")
    factories.make_representative(person, membership.organisation, function="adviseur")
    row = ["Kraamzorg Noord", "Andere Naam", "adviseur", "petra@example.org", "077 1", ""]
    plan = checked(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    assert fates(plan) == [Fate.UNCHANGED]
    assert plan.rows.get().notes == ["Deze persoon is al bekend; naam en telefoon blijven zoals ze zijn."]


def test_somebody_of_elsewhere_gets_a_second_function_under_her_own_name(coalition, coordinator, membership):
    person = factories.make_person("Petra", email="petra@example.org", logs_in=False)
    factories.make_representative(person, factories.make_organisation("Elders"))
    saved(
        coalition,
        coordinator,
        csv_of(HEADER, ["Kraamzorg Noord", "P.", "adviseur", "petra@example.org", "", ""]),
        kind=PEOPLE,
    )
    person.refresh_from_db()
    assert (person.name, person.representatives.count()) == ("Petra", 2)


def test_a_namesake_with_another_address_is_a_question(coalition, coordinator, membership):
    person = factories.make_person("Petra Pot", email="petra@example.org")
    factories.make_representative(person, membership.organisation, function="adviseur")
    row = ["Kraamzorg Noord", "Petra Pot", "adviseur", "anders@example.org", "", ""]
    plan = checked(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    found = plan.rows.get()
    assert (found.fate, found.candidates) == (
        Fate.ASK,
        [[person.pk, "Petra Pot, adviseur, petra@example.org"]],
    )
    assert fates(plans.answer(plan=plan, answers={found.pk: person.pk}, by=coordinator)) == [Fate.UNCHANGED]
    assert fates(plans.answer(plan=plan, answers={found.pk: 0}, by=coordinator)) == [Fate.CREATE]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "A", "x", "", "", ""], "Organisatie: De organisatie ontbreekt. Vul de naam in."),
        (
            ["Onbekend", "A", "x", "", "", ""],
            "Organisatie: Deze organisatie staat niet op de lijst. Zet haar eerst op de ledenlijst.",
        ),
        (
            ["Kraamzorg Noord", "", "x", "", "", ""],
            "Naam: De naam ontbreekt. Vul de naam van de persoon in.",
        ),
        (
            ["Kraamzorg Noord", "A", "", "", "", ""],
            "Functie: De functie ontbreekt. Vul in wat deze persoon daar doet.",
        ),
        (
            ["Kraamzorg Noord", "A", "x", "geen adres", "", ""],
            "Mailadres: is geen mailadres. Een mailadres ziet er zo uit: naam@voorbeeld.nl.",
        ),
        (
            ["Kraamzorg Noord", "A", "x", "", "", "top"],
            "Niveau: kennen we niet. Kies uit: uitvoering, management, bestuur.",
        ),
    ],
)
def test_a_row_that_cannot_be_says_where_and_what_to_do(coalition, coordinator, membership, row, problem):
    plan = checked(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    assert words(plan) == [problem]


def test_only_a_member_has_a_seat(coalition, coordinator):
    wanted = factories.make_organisation("Gewenst")
    factories.make_member(coalition, wanted, state=MembershipState.PROSPECT, joined_on=None)
    row = ["Gewenst", "A", "x", "", "", "bestuur"]
    plan = checked(coalition, coordinator, csv_of(HEADER, row), kind=PEOPLE)
    assert words(plan)[0].startswith("Niveau van de zetel: Alleen een lid heeft een zetel.")


def test_two_organisations_of_one_name_need_the_municipality(coalition, coordinator):
    for area in coalition.municipalities():
        factories.make_member(coalition, factories.make_organisation("Samen", municipality=area))
    header = ["Organisatie", "Gemeente", "Naam", "Functie"]
    content = csv_of(header, ["Samen", "", "A", "x"], ["Samen", "Venlo", "B", "x"])
    assert fates(checked(coalition, coordinator, content, kind=PEOPLE)) == [Fate.ERROR, Fate.CREATE]


def test_one_organisation_has_one_first_contact_and_a_table_may_hand_it_over(
    coalition, coordinator, membership
):
    first = factories.make_person("Eerste", email="een@example.org", logs_in=False)
    factories.make_representative(first, membership.organisation, function="x", is_primary=True)
    header = ["Organisatie", "Naam", "Functie", "Mailadres", "Eerste aanspreekpunt"]
    new = ["Kraamzorg Noord", "Tweede", "y", "twee@example.org", "ja"]
    plan = checked(coalition, coordinator, csv_of(header, new), kind=PEOPLE)
    assert words(plan) == [
        "Eerste aanspreekpunt: Er is al een ander eerste aanspreekpunt. Zet bij één van beiden nee."
    ]
    old = ["Kraamzorg Noord", "Eerste", "x", "een@example.org", "nee"]
    saved(coalition, coordinator, csv_of(header, new, old), kind=PEOPLE)
    assert Representative.objects.get(is_primary=True).person.name == "Tweede"


def test_the_same_person_and_function_twice_is_an_error(coalition, coordinator, membership):
    row = ["Kraamzorg Noord", "A", "x", "", "", ""]
    assert fates(checked(coalition, coordinator, csv_of(HEADER, row, row), kind=PEOPLE)) == [
        Fate.CREATE,
        Fate.ERROR,
    ]
