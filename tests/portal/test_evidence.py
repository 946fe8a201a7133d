"""Evidence is guarded twice: by triggers against mistakes, by the rights of the role against intent."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pghistory.models
import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.utils import timezone
from psycopg import errors, sql

from coalitions.models import Coalition, MembershipState, MembershipStep
from monitoring.models import ImportFile, Indicator, Observation, Period
from partners.models import Organisation
from portal import evidence
from portal.evidence import append_only_models, columns_that_close
from portal.management.commands.grant_app_role import PG_WITH_MAINTAIN, server_version
from portal.models import Mail
from tests import factories

AsApp = Callable[[], AbstractContextManager[None]]

EVIDENCE = append_only_models()
IDS = [model._meta.label for model in EVIDENCE]
ORDINARY = [
    model
    for model in apps.get_models()
    if model not in EVIDENCE and model._meta.managed and not model._meta.proxy
]


def operations_of(model: type[models.Model]) -> set[str]:
    """What the triggers of `model` refuse or watch, as SQL words."""
    found = set()
    for trigger in model._meta.triggers if hasattr(model._meta, "triggers") else []:
        found |= set(str(trigger.operation).split(" OR "))
    return found


@contextmanager
def refused_by_rights() -> Iterator[None]:
    """The block breaks on a right the role lacks, not on a trigger."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        yield


def column_of(model: type[models.Model]) -> sql.Identifier:
    closing = columns_that_close(model)
    return sql.Identifier(
        next(field.column for field in model._meta.concrete_fields if field.column not in closing)
    )


def truncate(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        # PostgreSQL truncates no table with foreign keys that are still to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {model._meta.db_table}")


@pytest.fixture
def observation(db: None) -> Observation:
    row = ImportFile.objects.create(name="cijfers.csv", sha256="0" * 64, size=1, row_count=1)
    return Observation.objects.create(
        indicator=Indicator.objects.create(
            code="proef", name="Proef", factor=1, interval="none", is_at_risk=False
        ),
        period=Period.objects.create(code="2022-test", label="2022", reference_date=timezone.localdate()),
        area=factories.make_area(),
        numerator=12,
        denominator=100,
        status="reported",
        import_file=row,
        row_number=1,
    )


def test_evidence_holds_the_event_tables_and_the_steps_of_memberships() -> None:
    labels = {model._meta.label for model in EVIDENCE}

    assert {"partners.PersonEvent", "coalitions.MembershipEvent", "monitoring.Observation"} <= labels
    assert not issubclass(pghistory.models.Context, pghistory.models.Event)
    assert pghistory.models.Context not in EVIDENCE


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_a_model_says_append_only_exactly_where_a_trigger_makes_it_so(
    model: type[models.Model],
) -> None:
    names = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
    says_so = getattr(model, "append_only", False)

    if "append_only_row" in names or "append_only_table" in names:
        assert says_so, "de triggers weigeren, maar de rechten laten het toe"
    if says_so and not columns_that_close(model):
        assert {"append_only_row", "append_only_table"} <= names
    if says_so:
        assert {"UPDATE", "DELETE"} <= operations_of(model)
        assert columns_that_close(model) or "TRUNCATE" in operations_of(model)


@pytest.mark.parametrize("model", EVIDENCE, ids=IDS)
def test_the_app_adds_to_evidence_and_cannot_alter_it(
    model: type[models.Model], app_connection: psycopg.Connection
) -> None:
    table, column = sql.Identifier(model._meta.db_table), column_of(model)
    may = app_connection.execute(
        "SELECT has_table_privilege(%s, 'INSERT'), has_table_privilege(%s, 'SELECT')",
        [model._meta.db_table] * 2,
    ).fetchone()

    assert may == (True, True)
    for statement in (
        sql.SQL("UPDATE {t} SET {c} = {c}"),
        sql.SQL("DELETE FROM {t}"),
        sql.SQL("TRUNCATE {t}"),
        sql.SQL("SELECT 1 FROM {t} FOR UPDATE"),
        sql.SQL("ALTER TABLE {t} DISABLE TRIGGER ALL"),
        sql.SQL("DROP TABLE {t}"),
        sql.SQL("CREATE RULE mine AS ON INSERT TO {t} DO INSTEAD NOTHING"),
    ):
        if columns_that_close(model) and "FOR UPDATE" in statement.as_string():
            continue
        with pytest.raises(errors.InsufficientPrivilege):
            app_connection.execute(statement.format(t=table, c=column))


@pytest.mark.parametrize(
    "escape",
    [
        "SELECT set_config('pgtrigger.ignore', '{all}', false)",
        "SET session_replication_role = 'replica'",
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "ALTER ROLE portal_app SUPERUSER",
        # PostgreSQL answers this one with a warning, and grants nothing.
        "GRANT UPDATE ON partners_personevent TO portal_app",
    ],
)
def test_no_way_around_the_rights_leads_to_a_changed_row(
    app_connection: psycopg.Connection, escape: str
) -> None:
    try:
        app_connection.execute(escape)
    except errors.InsufficientPrivilege:
        assert "pgtrigger" not in escape, "iedereen mag deze variabele zetten; dat helpt alleen niet"
    with pytest.raises(errors.InsufficientPrivilege):
        app_connection.execute("UPDATE partners_personevent SET name = 'iemand anders'")


def test_triggers_switched_off_by_the_app_change_nothing(as_app: AsApp, coalition: Coalition) -> None:
    MembershipStep.objects.create(
        membership=factories.make_member(coalition),
        to_state=MembershipState.MEMBER,
        happened_on=timezone.localdate(),
    )

    with pgtrigger.ignore(), as_app(), refused_by_rights():
        MembershipStep.objects.update(reason="toch anders")
    with pgtrigger.ignore(), as_app(), refused_by_rights():
        MembershipStep.objects.all().delete()


@pytest.mark.parametrize("model", ORDINARY, ids=lambda model: model._meta.label)
def test_the_app_works_in_every_ordinary_table(
    model: type[models.Model], app_connection: psycopg.Connection
) -> None:
    found = app_connection.execute(
        "SELECT has_table_privilege(%s, right_) FROM "
        "unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS right_",
        [model._meta.db_table],
    ).fetchall()

    assert found == [(True,)] * 4
    with pytest.raises(errors.InsufficientPrivilege):
        app_connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(model._meta.db_table)))


def test_the_app_writes_history_along_with_an_ordinary_change(
    as_app: AsApp, coordinator: object, coalition: Coalition
) -> None:
    events = apps.get_model("partners.OrganisationEvent")
    with as_app(), pghistory.context(user=coordinator.pk):
        organisation = factories.make_organisation("Kraamzorg De Peel")
        Organisation.objects.filter(pk=organisation.pk).update(name="Kraamzorg Peel")
        # The context is written by its first change and updated by the second.
        with pghistory.context(reason="verhuisd"):
            Organisation.objects.filter(pk=organisation.pk).update(name="Kraamzorg Maas")
    of_organisation = events.objects.filter(pgh_obj_id=organisation.pk)
    context = pghistory.models.Context.objects.get(pk__in=of_organisation.values("pgh_context_id"))

    assert of_organisation.count() == 3
    assert context.metadata == {"user": coordinator.pk, "reason": "verhuisd"}


def test_the_app_locks_ordinary_rows(as_app: AsApp, coalition: Coalition) -> None:
    with as_app():
        assert Coalition.objects.select_for_update().get(pk=coalition.pk) == coalition


def test_the_app_cannot_touch_the_list_of_migrations(app_connection: psycopg.Connection) -> None:
    assert app_connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    with pytest.raises(errors.InsufficientPrivilege):
        app_connection.execute("DELETE FROM django_migrations")


def test_the_app_makes_no_tables_of_its_own(app_connection: psycopg.Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        app_connection.execute("CREATE TABLE public.mine (id int)")


def test_the_app_closes_an_observation_and_changes_nothing_else_of_it(
    as_app: AsApp, observation: Observation
) -> None:
    rows = Observation.objects.filter(pk=observation.pk)
    with as_app():
        assert rows.update(superseded_at=timezone.now()) == 1
        with refused_by_rights():
            rows.update(numerator=1)


def test_the_owner_cannot_alter_an_observation_by_mistake(observation: Observation) -> None:
    rows = Observation.objects.filter(pk=observation.pk)
    rows.update(superseded_at=timezone.now())

    for change in (
        lambda: rows.update(numerator=1),
        lambda: rows.update(superseded_at=None),
        rows.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_owner_cannot_alter_a_step_of_a_membership_by_mistake(coalition: Coalition) -> None:
    row = MembershipStep.objects.create(
        membership=factories.make_member(coalition),
        to_state=MembershipState.MEMBER,
        happened_on=timezone.localdate(),
    )
    rows = MembershipStep.objects.filter(pk=row.pk)

    for change in (
        lambda: rows.update(reason="toch anders"),
        rows.delete,
        lambda: truncate(MembershipStep),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_rights_can_be_given_twice(app_role: str, app_connection: psycopg.Connection) -> None:
    call_command("grant_app_role", verbosity=0)
    call_command("grant_app_role", verbosity=0)


def test_rights_are_refused_to_a_role_that_does_not_exist(db: None, settings: object) -> None:
    settings.APP_DATABASE_ROLE = "niemand"
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("grant_app_role")


def test_rights_are_refused_to_a_superuser(db: None, settings: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper LIMIT 1")
        settings.APP_DATABASE_ROLE = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="superuser"):
        call_command("grant_app_role")


def test_a_right_that_somebody_gave_by_hand_is_taken_back(app_role: str, db: None, as_app: AsApp) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, TRUNCATE ON partners_personevent TO {app_role}")
        call_command("grant_app_role", verbosity=0)
    with as_app(), refused_by_rights():
        apps.get_model("partners.PersonEvent").objects.update(name="iemand anders")
    with as_app(), refused_by_rights():
        truncate(apps.get_model("partners.PersonEvent"))


def test_mail_is_ordinary_work_for_the_app(as_app: AsApp) -> None:
    with as_app():
        mail = Mail.objects.create(purpose="proef", reference="1", recipient="a@example.org")
        assert Mail.objects.claim() == [mail]
        mail.refresh_from_db()
        mail.finish()


@pytest.mark.django_db
def test_a_bulk_table_that_grew_much_gets_its_statistics_once(
    as_app: AsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    if server_version() < PG_WITH_MAINTAIN:
        pytest.skip("before PostgreSQL 17 only the owner of a table may renew its statistics")
    monkeypatch.setattr(evidence, "_LEAST_GROWTH", 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_total (indicator_id, period_id, area_id, partition_id, status, numerator,"
            " denominator, member_count, reported_count)"
            # Several times what fits in the pages that earlier tests may have left.
            " SELECT 1, 1, number, 1, 'reported', 20, 100, 3, 3"
            " FROM generate_series(1, 2000 + 300 * pg_relation_size('monitoring_total') / 8192) AS number"
        )
    with as_app():
        assert "monitoring_total" in evidence.tell_of_growth()
        assert "monitoring_total" not in evidence.tell_of_growth()
