from django.db import migrations, models

BY_REGION = """
    UPDATE monitoring_indicator SET is_by_region = true
    WHERE code IN ('perinatale-sterfte', 'neonatale-sterfte', 'zuigelingensterfte', 'kinderbescherming-0-2')
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0026_shares_are_never_summed")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="is_by_region",
            field=models.BooleanField(db_default=False, default=False, verbose_name="alleen per regio"),
        ),
        migrations.RunSQL(BY_REGION, migrations.RunSQL.noop),
    ]
