

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0018_a_reading_keeps_three_years'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='places',
            field=models.CharField(db_default='', default='', editable=False, max_length=32),
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.CharField(max_length=32)),
                ('day', models.DateField(verbose_name='dag')),
                ('municipalities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='gemeenten')),
            ],
            options={
                'verbose_name': 'indeling',
                'verbose_name_plural': 'indelingen',
                'constraints': [models.UniqueConstraint(fields=('places', 'day'), name='monitoring_division_once')],
            },
        ),
    ]
