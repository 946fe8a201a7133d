from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0009_deliveries_in_steps")]

    operations = [
        # Rows that wait for a decision can be read again from the file that is kept.
        migrations.RunSQL(
            "ALTER TABLE monitoring_stagedfigure SET UNLOGGED",
            "ALTER TABLE monitoring_stagedfigure SET LOGGED",
        ),
    ]
