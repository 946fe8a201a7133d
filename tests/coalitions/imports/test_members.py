"""What each row of a table of organisations would do, and what saving does."""

import datetime

import pytest

from coalitions.imports import plans
from coalitions.models import Membership, MembershipState, MembershipStep
from partners.models import Organisation, OrganisationAlias, OrganisationType
from portal.acts import Refused
from portal.findings import Unreadable
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.coalitions.imports.tables import checked, csv_of, fates, saved, words, xlsx_of

pytestmark = pytest.mark.django_db

HEADER = ["Naam", "Soort", "Gemeente", "KvK-nummer"]


@pytest.fixture(autouse=True)
def types(db):
    return [factories.make_type("kraamzorg", domain="medical"), factories.make_type("welzijn")]


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


def make_known(name, **values):
    organisation = factories.make_organisation(name)
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    return organisation


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
    from django.utils import timezone

    make_known("A", kvk="12345678", archived_at=timezone.now())
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", "12345678"]))
    assert words(plan) == ["Naam: Deze organisatie staat in het archief. Laat de regel weg."]


def test_a_merged_organisation_leads_to_what_it_became(coalition, coordinator):
    from django.utils import timezone

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


@pytest.mark.parametrize("sep", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_common_kind_of_csv_is_read(coalition, coordinator, sep, encoding):
    content = csv_of(["Naam", "Soort"], ["Súdwest zorg", "welzijn"], sep=sep, encoding=encoding)
    plan = checked(coalition, coordinator, content)
    assert plan.rows.get().values["name"] == "Súdwest zorg"


def test_a_workbook_with_a_merged_title_numbers_and_formulas_is_read(coalition, coordinator):
    content = xlsx_of(
        ["Naam", "Soort", "KvK"],
        ["A", "welzijn", 1234567],
        titles=("Leden van onze coalitie", ""),
        merged="A1:C1",
    )
    plan = checked(coalition, coordinator, content, name="leden.xlsx")
    assert plan.rows.get().values["kvk"] == "01234567"
    assert plan.rows.get().line == 4
    assert plan.notes == ["De koppen staan in regel 3; wat erboven staat is niet gelezen."]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "leden.csv", "leeg"),
        (b"Naam;Soort\r\n", "leden.csv", "geen regels onder de koppen"),
        (b"PK\x03\x04 kapot", "leden.xlsx", "niet te openen"),
        (b"Naam\r\nA\r\n", "leden.xlsm", "macro"),
        (b"Naam\r\n" + b"A\r\n" * 5002, "leden.csv", "meer dan 5.000 rijen"),
        (b"x" * (10 * 1024 * 1024 + 1), "leden.csv", "te groot"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(coalition, coordinator, content, name, words):
    with pytest.raises(Unreadable, match=words):
        plans.bring_in(coalition=coalition, kind="members", content=content, filename=name, by=coordinator)
    assert not coalition.member_imports.exists()


def brought_in(coalition, by, content):
    return plans.bring_in(coalition=coalition, kind="members", content=content, filename="a.csv", by=by)


def test_columns_are_remembered_for_the_same_headings(coalition, coordinator):
    content = csv_of(["Wie", "Wat voor"], ["A", "welzijn"])
    plan = plans.bring_in(
        coalition=coalition, kind="members", content=content, filename="a.csv", by=coordinator
    )
    assert plan.mapping == {}
    with pytest.raises(plans.ColumnMissing, match="Naam"):
        plans.tie_columns(plan=plan, mapping={}, by=coordinator)
    plans.tie_columns(plan=plan, mapping={"name": 0, "type_id": 1}, by=coordinator)
    content = csv_of(["Wie", "Wat voor"], ["B", "welzijn"])
    again = plans.bring_in(
        coalition=coalition, kind="members", content=content, filename="b.csv", by=coordinator
    )
    assert again.mapping == {"name": 0, "type_id": 1}


def test_the_same_file_twice_says_so_and_changes_nothing(coalition, coordinator):
    content = csv_of(HEADER, ["A", "welzijn", "", ""])
    saved(coalition, coordinator, content)
    again = checked(coalition, coordinator, content)
    assert again.notes[0].startswith("Dit bestand is al ingelezen op ")
    assert fates(again) == [Fate.UNCHANGED]
    with pytest.raises(plans.NothingToDo):
        plans.confirm(plan=again, skips_errors=False, by=coordinator)


def test_a_plan_is_saved_once(coalition, coordinator):
    plan = saved(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", ""]))
    with pytest.raises(Refused, match="intussen verder"):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert coalition.memberships.count() == 1


def test_a_stopped_plan_keeps_no_cells(coalition, coordinator):
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", ""]))
    plan = plans.cancel(plan=plan, by=coordinator)
    assert (plan.step, plan.rows.count()) == (PlanStep.CANCELLED, 0)
    with pytest.raises(plans.NotNow):
        plans.cancel(plan=plan, by=coordinator)


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
