"""What each row of a table of organisations would do, and what saving does."""

import datetime

import pytest
from django.utils import timezone

from coalitions.imports import plans
from coalitions.models import Membership, MembershipState, MembershipStep
from partners.models import Organisation
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.coalitions.imports.tables import HEADER, checked, csv_of, fates, make_known, saved, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("types")]


def test_a_new_organisation_comes_in_as_wanted(coalition, coordinator):
    plan = saved(
        coalition, coordinator, csv_of(HEADER, ["Kraamzorg Noord", "kraamzorg", "Venlo", "01234567"])
    )
    assert plan.step == PlanStep.SAVED
    membership = coalition.memberships.get()
    organisation = membership.organisation
    assert (organisation.name, organisation.type.code, organisation.kvk) == (
        "Kraamzorg Noord",
        "kraamzorg",
        "01234567",
    )
    assert organisation.municipality.code == "GM0983"
    assert (membership.state, membership.joined_on) == (MembershipState.PROSPECT, None)
    step = MembershipStep.objects.get()
    assert (step.to_state, step.recorded_by, step.reason) == ("prospect", coordinator, "Import")


def test_a_member_comes_in_with_its_date(coalition, coordinator):
    content = csv_of([*HEADER, "Stand", "Lid sinds"], ["A", "welzijn", "", "", "Lid", "01-12-2021"])
    saved(coalition, coordinator, content)
    assert coalition.memberships.get().joined_on == datetime.date(2021, 12, 1)
    assert MembershipStep.objects.get().happened_on == datetime.date(2021, 12, 1)


def test_the_history_of_every_row_says_who_brought_it_in(coalition, coordinator):
    rows = [[name, "welzijn", "", ""] for name in ("Buurthuis", "Speelgroep", "Maatjes")]
    saved(coalition, coordinator, csv_of(HEADER, *rows))
    memberships = coalition.memberships.select_related("organisation")
    events = [row.events.get() for one in memberships for row in (one, one.organisation)]
    assert {(one.pgh_label, one.pgh_context.metadata["user"]) for one in events} == {
        ("insert", coordinator.pk)
    }
    assert len(events) == 6


def test_a_value_that_differs_is_shown_old_and_new_and_then_corrected(coalition, coordinator):
    organisation = factories.make_organisation("Welzijn Maas")
    Organisation.objects.filter(pk=organisation.pk).update(phone="077 1")
    factories.make_member(coalition, organisation)
    plan = checked(coalition, coordinator, csv_of(["Naam", "Telefoon"], ["welzijn maas", "077 2"]))
    row = plan.rows.get()
    assert (row.fate, row.changes) == (
        Fate.UPDATE,
        {"name": ["Welzijn Maas", "welzijn maas"], "phone": ["077 1", "077 2"]},
    )
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.phone) == ("welzijn maas", "077 2")


def test_an_empty_cell_leaves_what_is_there(coalition, coordinator):
    organisation = factories.make_organisation("Welzijn Maas")
    Organisation.objects.filter(pk=organisation.pk).update(phone="077 1")
    factories.make_member(coalition, organisation)
    assert fates(checked(coalition, coordinator, csv_of(["Naam", "Telefoon"], ["Welzijn Maas", ""]))) == [
        Fate.UNCHANGED
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "welzijn", "", "", ""], "Naam: De naam ontbreekt. Vul de naam van de organisatie in."),
        (["A", "", "", "", ""], "Soort: Bij een nieuwe organisatie hoort een soort. Vul deze in."),
        (
            ["A", "onzin", "", "", ""],
            "Soort: kennen we niet. Gebruik een soort uit de lijst, bijvoorbeeld ‘kraamzorg’.",
        ),
        (
            ["A", "welzijn", "GM9999", "", ""],
            (
                "Gemeente: kennen we niet. Schrijf de naam precies zoals het CBS, of de code. "
                "Bij twee Bergens: Bergen (L.) of GM0893."
            ),
        ),
        (
            ["A", "welzijn", "", "123", ""],
            "KvK-nummer: is geen KvK-nummer. Vul 8 cijfers in, of laat de cel leeg.",
        ),
        (
            ["A", "welzijn", "", "1,2E+07", ""],
            "KvK-nummer: is door Excel afgerond. Zet de kolom op Tekst en vul het KvK-nummer opnieuw in.",
        ),
        (["A", "welzijn", "", "", "Lid"], "Lid sinds: Vul in sinds wanneer de organisatie lid is."),
        (
            ["A", "welzijn", "", "", "Gestopt"],
            "Stand: Wie niet meedoet, komt niet nieuw op de lijst. Laat de regel weg.",
        ),
        (["A" * 201, "welzijn", "", "", ""], "Naam: is 201 tekens lang. Maak het ten hoogste 200 tekens."),
    ],
)
def test_a_row_that_cannot_be_says_where_and_what_to_do(coalition, coordinator, row, problem):
    plan = checked(coalition, coordinator, csv_of([*HEADER, "Stand"], row))
    assert (fates(plan), words(plan)) == ([Fate.ERROR], [problem])


def test_a_municipality_that_is_gone_offers_its_successor(coalition, coordinator):
    from partners.models import AreaSuccession

    old = factories.make_area("Haaren", code="GM0788", valid_to=datetime.date(2021, 1, 1))
    new = factories.make_area("Vught", code="GM0865")
    AreaSuccession.objects.create(predecessor=old, successor=new, on=datetime.date(2021, 1, 1), kind="full")
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "Haaren", ""]))
    assert words(plan) == ["Gemeente: Deze gemeente bestaat niet meer. Gebruik Vught (GM0865)."]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("12-31-2021", "Lid sinds: is geen datum. Schrijf dag-maand-jaar, bijvoorbeeld 01-12-2021."),
        ("01-01-2199", "Lid sinds: ligt in de toekomst. Vul vandaag of een eerdere datum in."),
    ],
)
def test_a_date_that_cannot_be(coalition, coordinator, value, problem):
    content = csv_of(["Naam", "Soort", "Stand", "Lid sinds"], ["A", "welzijn", "Lid", value])
    assert words(checked(coalition, coordinator, content)) == [problem]


def test_the_same_organisation_twice_names_the_first_row(coalition, coordinator):
    content = csv_of(
        HEADER,
        ["A", "welzijn", "", "12345678"],
        ["B", "welzijn", "", "12345678"],
        ["C", "welzijn", "", ""],
        ["c", "welzijn", "", ""],
    )
    plan = checked(coalition, coordinator, content)
    assert words(plan) == [
        "Naam: Deze organisatie staat ook in regel 2. Laat één van de twee regels weg.",
        "Naam: Deze organisatie staat ook in regel 4. Laat één van de twee regels weg.",
    ]


def test_a_second_organisation_for_one_municipality_is_an_error(coalition, coordinator):
    factories.make_type("gemeente", domain="public")
    content = csv_of(
        HEADER, ["Gemeente Venlo", "gemeente", "Venlo", ""], ["Stad Venlo", "gemeente", "Venlo", ""]
    )
    assert fates(checked(coalition, coordinator, content)) == [Fate.CREATE, Fate.ERROR]


def test_an_archived_organisation_stays_in_the_archive(coalition, coordinator):
    make_known("A", kvk="12345678", archived_at=timezone.now())
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", "12345678"]))
    assert words(plan) == ["Naam: Deze organisatie staat in het archief. Laat de regel weg."]


def test_a_merged_organisation_leads_to_what_it_became(coalition, coordinator):
    heir = make_known("Erfgenaam")
    make_known("A", kvk="12345678", archived_at=timezone.now(), merged_into=heir)
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", "12345678"]))
    assert plan.rows.get().organisation == heir


def test_a_step_that_is_not_allowed_is_an_error_and_an_allowed_one_is_taken(coalition, coordinator):
    factories.make_member(coalition, factories.make_organisation("A"))
    factories.make_member(coalition, factories.make_organisation("B"))
    content = csv_of(["Naam", "Stand"], ["A", "Gewenst"], ["B", "Lid, nu niet actief"])
    plan = checked(coalition, coordinator, content)
    assert words(plan) == ["Stand: Deze stap kan niet vanuit ‘Lid’. Laat de cel leeg."]
    with pytest.raises(plans.StillWrong, match="1 regel heeft een fout"):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    plans.confirm(plan=plan, skips_errors=True, by=coordinator)
    assert Membership.objects.get(organisation__name="B").state == MembershipState.DORMANT
    step = MembershipStep.objects.get()
    assert (step.from_state, step.to_state) == ("member", "dormant")


def test_stopping_is_not_done_by_a_table(coalition, coordinator):
    factories.make_member(coalition, factories.make_organisation("A"))
    plan = checked(coalition, coordinator, csv_of(["Naam", "Stand"], ["A", "Gestopt"]))
    assert words(plan) == ["Stand: Stoppen leg je vast op de pagina van dit lid, met dag en reden."]


def test_who_left_stays_out_and_who_comes_back_starts_a_new_spell(coalition, coordinator):
    for name in ("A", "B"):
        factories.make_member(coalition, factories.make_organisation(name), state=MembershipState.LEFT)
    content = csv_of(["Naam", "Stand"], ["A", "Gestopt"], ["B", "In gesprek"])
    plan = checked(coalition, coordinator, content)
    assert fates(plan) == [Fate.UNCHANGED, Fate.CREATE]
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    spells = Membership.objects.filter(organisation__name="B").order_by("pk")
    assert [spell.state for spell in spells] == ["left", "in_talks"]


def test_a_citizen_number_in_free_text_is_refused_until_somebody_says_why_it_is_none(coalition, coordinator):
    content = csv_of(["Naam", "Soort", "Beschrijving"], ["A", "welzijn", "zaak 111222333"])
    plan = checked(coalition, coordinator, content)
    assert "burgerservicenummer" in words(plan)[0]
    plan = plans.say_no_bsn(plan=plan, reason="Het is een zaaknummer.", by=coordinator)
    row = plan.rows.get()
    assert (row.fate, row.not_bsn_reason, row.not_bsn_by) == (
        Fate.CREATE,
        "Het is een zaaknummer.",
        coordinator,
    )


def test_columns_of_other_numbers_are_no_citizen_numbers_and_unknown_columns_with_them_are_dropped(
    coalition, coordinator
):
    content = csv_of(
        ["Naam", "Soort", "RSIN", "Telefoon", "Dossier"],
        ["A", "welzijn", "111222333", "111222333", "111222333"],
    )
    plan = checked(coalition, coordinator, content)
    assert fates(plan) == [Fate.CREATE]
    assert plan.notes[0].startswith("Kolom ‘Dossier’ is niet gelezen")
    assert plan.rows.get().cells == ["A", "welzijn", "111222333", "111222333", ""]
    assert plan.rows.get().values["rsin"] == "111222333"
