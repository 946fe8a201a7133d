"""Give the restricted role its rights, derived from the models."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from portal.evidence import append_only_models, bulk_models, columns_that_close

PG_WITH_MAINTAIN = 170000


class Command(BaseCommand):
    help = "Geef de rol van web en workers haar rechten. Draai dit na elke migrate; dubbel mag."

    def handle(self, *args: Any, **options: Any) -> None:
        role = settings.APP_DATABASE_ROLE
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname = current_user, "
                "rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER') "
                "FROM pg_roles WHERE rolname = %s",
                [role],
            )
            found = cursor.fetchone()
            if found is None:
                raise CommandError(
                    f"De databaserol {role} bestaat niet. Maak haar eerst: CREATE ROLE {role} LOGIN "
                    "(zie .env.example)."
                )
            is_owner, has_too_much = found
            if is_owner:
                self.stdout.write(f"{role} is zelf de eigenaar; er is geen beperkte rol.")
                return
            if has_too_much:
                raise CommandError(
                    f"De rol {role} is superuser of lid van de eigenaar en kan bewijs veranderen. "
                    "Neem haar die rechten af (zie .env.example)."
                )
            for statement in statements(role):
                cursor.execute(statement)
        self.stdout.write(f"Rechten van {role} staan goed.")


def server_version() -> int:
    """Of PostgreSQL, as it numbers itself: 150004, 180001."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        return int(cursor.fetchone()[0])


def statements(role: str) -> list[sql.Composed]:
    """What makes `role` able to work and unable to alter evidence, whatever she could before."""
    name = sql.Identifier(role)
    database = sql.Identifier(connection.settings_dict["NAME"])
    found = [
        sql.SQL(text).format(role=name, database=database)
        for text in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "GRANT TEMPORARY ON DATABASE {database} TO {role}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
        )
    ]
    # Before PostgreSQL 17 only the owner may; the statement then does nothing and says so.
    if server_version() >= PG_WITH_MAINTAIN:
        for model in bulk_models():
            table = sql.Identifier(model._meta.db_table)
            found.append(sql.SQL("GRANT MAINTAIN ON {} TO {}").format(table, name))
    for model in append_only_models():
        table = sql.Identifier(model._meta.db_table)
        found.append(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(table, name))
        if columns := columns_that_close(model):
            found.append(
                sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), table, name
                )
            )
    return found
