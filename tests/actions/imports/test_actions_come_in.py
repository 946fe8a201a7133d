"""A table of actions: what each row would do, doing it, and taking it back."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import programmes, work
from actions.models import Action, ActionPartner, ActionScope, ActionState
from coalitions.imports import plans
from coalitions.models import MemberImport
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.actions.programme_rows import make_action, make_programme, make_theme
from tests.coalitions.imports import tables
from tests.coalitions.imports.tables import csv_of, fates, words

pytestmark = pytest.mark.django_db
KIND = "actions"


def checked(coalition, by, *rows, **options):
    return tables.checked(coalition, by, csv_of(*rows), kind=KIND, name="acties.csv", **options)


def saved(coalition, by, *rows):
    return plans.confirm(plan=checked(coalition, by, *rows), skips_errors=True, by=by)


@pytest.fixture
def programme(coalition, coordinator):
    found = make_programme(coalition, coordinator)
    make_theme(found, coordinator)
    return found


@pytest.fixture
def puller(coalition):
    return factories.make_member(coalition, factories.make_organisation("Kraamzorg Maas"))


def test_a_new_action_gets_everything_that_the_table_says(coalition, coordinator, programme, puller):
    plan = checked(
        coalition,
        coordinator,
        ["Titel", "Thema", "Type", "Moment", "Status", "Trekker", "Start", "Einddatum", "Voorrang",
         "Gemeenten", "Omschrijving", "Resultaat"],
        ["Warm overdragen", "thema 1", "Warme overdracht", "na de geboorte", "gepland", "kraamzorg maas",
         "1-2-2025", "31-12-2025", "hoog", "Venlo; Gemeente Beesel",
         "Ouders vallen in een gat", "Eén gezicht"],
    )  # fmt: skip
    assert (fates(plan), words(plan)) == ([Fate.CREATE], [])
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    action = coalition.actions.get()
    assert (action.number, action.title, action.state) == (1, "Warm overdragen", ActionState.PLANNED)
    assert (action.programme, action.theme.title, action.lead) == (programme, "Thema 1", puller)
    assert (action.kind, action.phase, action.priority) == ("handover", "after", 1)
    assert (action.starts_on, action.due_on) == (datetime.date(2025, 2, 1), datetime.date(2025, 12, 31))
    assert (action.scope, {area.name for area in action.areas.all()}) == ("local", {"Venlo", "Beesel"})
    assert (action.why, action.result_expected) == ("Ouders vallen in een gat", "Eén gezicht")
    assert action.proposed_by == coordinator
    action.full_clean()


def test_without_a_programme_an_idea_needs_only_a_title(coalition, coordinator):
    saved(coalition, coordinator, ["Actie"], ["Elkaar leren kennen"], ["Samen eten"])
    assert list(coalition.actions.values_list("number", "state", "programme", "scope")) == [
        (1, "idea", None, "regional"),
        (2, "idea", None, "regional"),
    ]


def test_numbers_follow_those_that_are_there(coalition, coordinator):
    make_action(coalition, coordinator, title="Eerste", state="idea")
    saved(coalition, coordinator, ["Actie"], ["Tweede"], ["Derde"])
    assert list(coalition.actions.values_list("number", "title")) == [
        (1, "Eerste"), (2, "Tweede"), (3, "Derde"),
    ]  # fmt: skip


def test_the_title_tells_which_action_it_is_and_old_and_new_are_shown(
    coalition, coordinator, programme, puller
):
    action = make_action(coalition, coordinator, title="Eén loket", programme=programme, lead=puller)
    plan = checked(
        coalition,
        coordinator,
        ["Nummer", "Actie", "Thema", "Klaar op", "Trekker buiten de coalitie", "Waar"],
        ["7", "een LOKET", "1. Thema 1", "01-12-2026", "Huisartsen", "Venlo"],
    )
    assert fates(plan) == [Fate.UPDATE]
    assert plan.rows.get().changes == {
        "theme_id": ["", "1. Thema 1"],
        "lead_id": ["Kraamzorg Maas", ""],
        "lead_name": ["", "Huisartsen"],
        "due_on": ["", "01-12-2026"],
        "places": ["de hele regio", "Venlo"],
    }
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    action.refresh_from_db()
    assert (action.title, action.number, action.state) == ("Eén loket", 1, ActionState.RUNNING)
    assert (action.lead, action.lead_name, action.due_on) == (
        None, "Huisartsen", datetime.date(2026, 12, 1),
    )  # fmt: skip
    assert (action.scope, action.areas.get().name) == (ActionScope.LOCAL, "Venlo")
    assert action.theme.title == "Thema 1"


def test_an_empty_cell_leaves_what_is_there(coalition, coordinator, puller):
    make_action(coalition, coordinator, title="Eén loket", lead=puller, why="Daarom")
    plan = checked(coalition, coordinator, ["Actie", "Trekker", "Waarom", "Soort"], ["Eén loket", "", "", ""])
    assert fates(plan) == [Fate.UNCHANGED]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Thema", "Bestaat niet", "Dit thema staat niet in ‘Samen sterk’"),
        ("Trekker", "Onbekend BV", "Deze organisatie is geen lid"),
        ("Werkgroep", "Onbekend", "Deze werkgroep is er niet"),
        ("Waar", "Venlo; Amsterdam", "Deze gemeente hoort niet bij de coalitie"),
        ("Begint op", "31-02-2025", "is geen datum"),
        ("Klaar op", "1-1-2020", "Het einde ligt vóór het begin (01-01-2024)"),
        ("Soort", "taart", "kennen we niet. Kies uit: signaleren en verwijzen,"),
        ("Stand", "Afgerond", "Een nieuwe actie begint als Idee of Gepland"),
        ("Actie", "x" * 151, "is 151 tekens lang. Maak het ten hoogste 150 tekens."),
        ("Actie", "", "De titel ontbreekt"),
        ("Waarom", "mevrouw 111222333", "burgerservicenummer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_to_do(coalition, coordinator, programme, column, cell, said):
    row = {"Actie": "Nieuw", "Begint op": "1-1-2024", column: cell}
    plan = checked(coalition, coordinator, list(row), list(row.values()))
    assert fates(plan) == [Fate.ERROR]
    assert words(plan)[0].startswith(f"{column}: ")
    assert said in words(plan)[0]
    assert not coalition.actions.exists()


def test_a_planned_action_has_a_lead(coalition, coordinator):
    plan = checked(coalition, coordinator, ["Actie", "Stand"], ["Nieuw", "Gepland"])
    assert words(plan) == [
        "Trekker: Een geplande actie heeft een trekker. Vul hem in, of maak de stand Idee."
    ]


def test_a_theme_without_a_programme_is_told(coalition, coordinator):
    plan = checked(coalition, coordinator, ["Actie", "Thema"], ["Nieuw", "Thema 1"])
    assert "nog geen programma" in words(plan)[0]


def test_two_leads_are_one_too_many(coalition, coordinator, puller):
    plan = checked(
        coalition,
        coordinator,
        ["Actie", "Trekker", "Trekker buiten de coalitie"],
        ["Nieuw", "Kraamzorg Maas", "Huisartsen"],
    )
    assert words(plan) == [
        "Trekker buiten de coalitie: Er is al een trekker van de coalitie. Vul één van de twee in."
    ]


def test_a_member_of_another_coalition_pulls_nothing(coalition, coordinator):
    factories.make_member(factories.make_coalition("Elders"), factories.make_organisation("Zorg Elders"))
    plan = checked(coalition, coordinator, ["Actie", "Trekker"], ["Nieuw", "Zorg Elders"])
    assert fates(plan) == [Fate.ERROR]


def test_a_table_moves_no_state(coalition, coordinator, puller):
    make_action(coalition, coordinator, title="Eén loket", lead=puller)
    plan = checked(coalition, coordinator, ["Actie", "Stand"], ["Eén loket", "Afgerond"])
    assert "De actie staat op ‘Loopt’. Een stap zet je op haar pagina" in words(plan)[0]


def test_the_same_title_twice_in_a_table_is_one_too_many(coalition, coordinator):
    plan = checked(coalition, coordinator, ["Actie"], ["Eén loket"], ["een loket"])
    assert fates(plan) == [Fate.CREATE, Fate.ERROR]
    assert "Deze actie staat ook in regel 2" in words(plan)[0]


def test_the_number_tells_apart_what_has_the_same_title(coalition, coordinator):
    for _ in range(2):
        make_action(coalition, coordinator, title="Samen", state="idea")
    plan = checked(coalition, coordinator, ["Actie", "Waarom"], ["Samen", "Zomaar"])
    assert "Meer acties heten zo" in words(plan)[0]
    saved(coalition, coordinator, ["Nr", "Actie", "Waarom"], ["2", "Samen", "Zomaar"])
    assert list(coalition.actions.values_list("why", flat=True)) == ["", "Zomaar"]


def test_a_number_of_another_action_is_noted(coalition, coordinator):
    make_action(coalition, coordinator, title="Eerste", state="idea")
    plan = checked(coalition, coordinator, ["Nr", "Actie"], ["1", "Iets nieuws"])
    assert fates(plan) == [Fate.CREATE]
    assert "Nummer 1 is in het portaal ‘Eerste’" in plan.rows.get().notes[0]


def test_an_action_of_a_closed_programme_may_come_again(coalition, coordinator, programme):
    old = make_action(coalition, coordinator, title="Samen", state="idea", programme=programme)
    programmes.adopt(programme=programme, by=coordinator)
    programmes.close(programme=programme, by=coordinator)
    assert fates(checked(coalition, coordinator, ["Actie"], ["Samen"])) == [Fate.CREATE]
    assert fates(checked(coalition, coordinator, ["Nummer", "Actie"], [str(old.number), "Samen"])) == [
        Fate.UNCHANGED
    ]


def test_a_plan_that_is_no_longer_true_is_not_saved(coalition, coordinator, puller):
    action = make_action(coalition, coordinator, title="Eén loket", lead=puller, why="Eerst")
    plan = checked(coalition, coordinator, ["Actie", "Waarom"], ["Eén loket", "Later"], ["Nieuw", ""])
    work.edit(action=action, why="Tussendoor", by=coordinator)
    with pytest.raises(plans.StalePlan) as refused:
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert (
        "Regel 2: Waarom was ‘Eerst’, is nu ‘Tussendoor’. Gewijzigd door Carla"
        in refused.value.differences[0]
    )
    assert coalition.actions.count() == 1
    plan.refresh_from_db()
    assert (plan.step, plan.counts) == (PlanStep.CHECKED, {"update": 1, "create": 1})
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    action.refresh_from_db()
    assert action.why == "Later"


def test_a_theme_that_is_gone_stops_the_saving(coalition, coordinator, programme):
    plan = checked(coalition, coordinator, ["Actie", "Thema"], ["Nieuw", "Thema 1"])
    programme.themes.update(title="Anders")
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert not coalition.actions.exists()


@pytest.mark.django_db(transaction=True)
def test_taking_back_deletes_what_came_in_and_puts_back_what_it_changed(
    coalition, coordinator, programme, puller
):
    action = make_action(
        coalition, coordinator, title="Eén loket", lead=puller, why="Eerst", programme=programme
    )
    before = Action.objects.filter(pk=action.pk).values().get()
    plan = saved(
        coalition,
        coordinator,
        ["Actie", "Thema", "Waarom", "Trekker buiten de coalitie", "Klaar op", "Waar", "Voorrang", "Wijk"],
        ["Eén loket", "Thema 1", "Later", "Huisartsen", "1-1-2027", "Venlo", "laag", "Blerick"],
        ["Nieuw", "Thema 1", "", "", "", "Beesel", "", ""],
    )
    assert coalition.actions.count() == 2
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (2, 0)
    assert Action.objects.filter(coalition=coalition).values().get() == before
    assert not action.areas.exists()
    saved(coalition, coordinator, ["Actie"], ["Nieuw"])
    assert coalition.actions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_somebody_used_or_changed_since_stays(coalition, coordinator, puller):
    action = make_action(coalition, coordinator, title="Eén loket", lead=puller, why="Eerst")
    plan = saved(
        coalition,
        coordinator,
        ["Actie", "Waarom", "Klaar op"],
        ["Eén loket", "Later", "1-1-2027"],
        ["Met deelnemer", "", ""],
        ["Gewijzigd", "", ""],
        ["Gepland", "", ""],
        ["Los", "", ""],
    )
    made = {found.title: found for found in coalition.actions.all()}
    ActionPartner.objects.create(action=made["Met deelnemer"], membership=puller)
    work.edit(action=made["Gewijzigd"], why="Mijn reden", by=coordinator)
    work.plan(action=made["Gepland"], lead=puller, by=coordinator)
    work.edit(action=action, why="Mijn reden", by=coordinator)
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (2, 3)
    assert "Los" not in coalition.actions.values_list("title", flat=True)
    action.refresh_from_db()
    assert (action.why, action.due_on) == ("Mijn reden", None)


def test_the_restricted_role_saves_and_takes_back(coalition, coordinator, puller, as_app):
    make_action(coalition, coordinator, title="Eén loket", lead=puller)
    with as_app():
        plan = saved(coalition, coordinator, ["Actie", "Waar"], ["Eén loket", "Venlo"], ["Nieuw", "Beesel"])
        assert plans.take_back(plan=plan, by=coordinator).counts["taken_back"] == 2


def test_taking_back_ends_after_a_day(coalition, coordinator):
    plan = saved(coalition, coordinator, ["Actie"], ["Nieuw"])
    MemberImport.objects.update(saved_at=timezone.now() - datetime.timedelta(hours=25))
    with pytest.raises(plans.TooLate):
        plans.take_back(plan=plan, by=coordinator)


def test_a_long_table_costs_no_more_than_a_short_one(coalition, coordinator, programme):
    def cost(prefix: str, count: int) -> int:
        plan = checked(
            coalition, coordinator, ["Actie", "Thema"], *([f"{prefix}{n}", "Thema 1"] for n in range(count))
        )
        with CaptureQueriesContext(connection) as queries:
            plans.confirm(plan=plan, skips_errors=False, by=coordinator)
        return len(queries)

    assert cost("a", 1) == cost("b", 200)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_in_without_a_change(
    coalition, coordinator, programme, puller, log_in, extension
):
    theme = programme.themes.get()
    make_action(
        coalition, coordinator, title="=Som; \"van\" 'alles'", why="één\r\ntwee ", theme=theme, lead=puller,
        scope="local", areas=coalition.municipalities(), districts="Blerick; WK098305",
        phase="during", priority=3, starts_on=datetime.date(2024, 1, 1), due_on=datetime.date(2025, 1, 1),
    )  # fmt: skip
    idea = make_action(coalition, coordinator, title="+Buiten", state="idea")
    work.plan(action=idea, lead_name="@Huisartsen", by=coordinator)
    for state in ActionState.values:
        make_action(coalition, coordinator, title=f"Stand {state}", state=state, lead=puller)
    make_action(coalition, coordinator, title="Stand idea", state="idea")
    content = log_in(coordinator).get(reverse(f"actions:action-{extension}", args=[coalition.slug])).content
    plan = tables.checked(coalition, coordinator, content, kind=KIND, name=f"acties.{extension}")
    found = [(row.values, row.changes, row.problems) for row in plan.rows.exclude(fate=Fate.UNCHANGED)]
    assert (plan.row_count, found) == (11, [])
