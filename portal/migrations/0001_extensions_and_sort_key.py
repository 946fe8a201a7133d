from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        # Bytes, because text sorts differently in each collation; the dictionary is named,
        # because unaccent() of one argument is not immutable.
        migrations.RunSQL(
            """
            CREATE FUNCTION portal_sort_key(value text) RETURNS bytea
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN convert_to(
                regexp_replace(
                    lower(public.unaccent('public.unaccent'::regdictionary, value)), '^[^a-z0-9]+', ''
                ),
                'UTF8'
            );
            """,
            "DROP FUNCTION portal_sort_key(text);",
        ),
    ]
