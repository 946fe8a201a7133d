from django.db import migrations


class Migration(migrations.Migration):
    """Sums and editions of before there were releases are derived rows: they are made anew."""

    dependencies = [("monitoring", "0003_figures_planned_faster")]

    operations = [
        migrations.RunSQL("DROP VIEW monitoring_aggregate", migrations.RunSQL.noop),
        migrations.RunSQL(
            "UPDATE monitoring_partition SET state = 'cancelled', finished_at = NULL, "
            "lease_until = NULL, lease_token = NULL WHERE state IN ('waiting', 'failed')",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name="Aggregate"),
        migrations.DeleteModel(name="Edition"),
        migrations.DeleteModel(name="Total"),
    ]
