"""Each version gets the terms of its document; its triggers come back in the next migration."""

from django.db import migrations

FILL = """
    UPDATE covenants_covenantversion version
    SET notice_months = covenant.notice_months,
        amendment_rule = covenant.amendment_rule,
        force_rule = covenant.force_rule,
        quorum = covenant.quorum,
        accession_needs_consent = covenant.accession_needs_consent
    FROM covenants_covenant covenant
    WHERE covenant.id = version.covenant_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('covenants', '0008_terms_of_each_version'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
