import django.contrib.postgres.fields
from django.db import migrations, models

# What is kept follows from other rows and is made anew by the next order.
FORGET = "DELETE FROM monitoring_division"


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0031_provisional_of_an_edition'),
    ]

    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='division',
            name='districts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='aantallen wijken'),
            preserve_default=False,
        ),
    ]
