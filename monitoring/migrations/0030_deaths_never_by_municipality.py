from django.db import migrations, models

BY_REGION = """
    UPDATE monitoring_indicator SET is_pooled_by_region = true, is_pooled_only = code = 'kinderbescherming-0-2'
    WHERE code IN ('neonatale-sterfte', 'zuigelingensterfte', 'kinderbescherming-0-2') AND is_by_region
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0029_unreliable_by_the_source")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="is_pooled_by_region",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="drie jaren samen alleen per regio"
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="is_pooled_only",
            field=models.BooleanField(db_default=False, default=False, verbose_name="alleen drie jaren samen"),
        ),
        migrations.RunSQL(BY_REGION, migrations.RunSQL.noop),
    ]
