"""Give the restricted role its rights, derived from the models."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from portal.evidence import append_only_models, columns_that_close


class Command(BaseCommand):
    help = "Geef de rol van web en workers haar rechten. Draai dit na elke migrate; dubbel mag."

    def handle(self, *args: Any, **options: Any) -> None:
        role = settings.APP_DATABASE_ROLE
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements(role):
                cursor.execute(statement)
        self.stdout.write(f"Rechten van {role} staan goed.")


def statements(role: str) -> list[sql.Composed]:
    """What makes `role` able to work and unable to alter evidence."""
    name = sql.Identifier(role)
    found = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(
            name
        ),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(
            sql.Identifier(connection.settings_dict["NAME"]), name
        ),
        sql.SQL("REVOKE ALL ON django_migrations FROM {}").format(name),
        sql.SQL("GRANT SELECT ON django_migrations TO {}").format(name),
    ]
    for model in append_only_models():
        table = sql.Identifier(model._meta.db_table)
        found.append(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(table, name))
        if columns := columns_that_close(model):
            found.append(
                sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), table, name
                )
            )
    return found
