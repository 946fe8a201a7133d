from django.db import migrations, models

SHARES = "UPDATE monitoring_indicator SET is_summed = false WHERE code = 'rokende-vrouwen'"


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0025_provisional_figures")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="is_summed",
            field=models.BooleanField(db_default=True, default=True, verbose_name="op te tellen"),
        ),
        # The one indicator in the catalogue until now whose source gives shares without counts.
        migrations.RunSQL(SHARES, migrations.RunSQL.noop),
    ]
