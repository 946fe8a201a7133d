import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0016_figures_estimated_well'),
        ('partners', '0009_direct_mail_at_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='WindowAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Wacht'), ('done', 'Klaar'), ('failed', 'Mislukt'), ('cancelled', 'Gestopt')], default='waiting', max_length=10, verbose_name='stand')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='pogingen')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='op zijn vroegst')),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('lease_token', models.UUIDField(editable=False, null=True)),
                ('last_error', models.TextField(blank=True, verbose_name='laatste fout')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='gemaakt')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='klaar')),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='window_audits', to='monitoring.indicator')),
                ('earliest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows_from', to='monitoring.partition')),
                ('middle', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='windows_around', to='monitoring.partition')),
                ('latest', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='windows_until', to='monitoring.partition')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='eerste jaar')),
                ('shown_count', models.PositiveIntegerField(default=0, verbose_name='getoonde tijdvakken')),
                ('hidden_count', models.PositiveIntegerField(default=0, verbose_name='niet getoonde tijdvakken')),
            ],
            options={
                'verbose_name': 'controle van een tijdvak',
                'verbose_name_plural': 'controles van tijdvakken',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PooledFigure',
            fields=[
                ('pk', models.CompositePrimaryKey('area_id', 'audit_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='monitoring.windowaudit')),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pooled_figures', to='partners.area')),
                ('numerator', models.FloatField(null=True)),
                ('denominator', models.FloatField(null=True)),
                ('status', models.CharField(choices=[('reported', 'gemeld'), ('not_delivered', 'nog niet aangeleverd'), ('not_available', 'de bron geeft dit cijfer niet'), ('withheld_by_source', 'de bron toont dit cijfer niet'), ('suppressed_primary', 'niet getoond: te kleine aantallen'), ('suppressed_secondary', 'niet getoond: anders is een klein aantal uit te rekenen'), ('incomplete', 'niet getoond: niet alle gemeenten hebben cijfers'), ('not_applicable', 'dit gebied bestond toen niet'), ('withdrawn', 'niet getoond: ingetrokken')], max_length=20)),
                ('observations', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
            ],
            options={
                'verbose_name': 'cijfer van drie jaren samen',
                'verbose_name_plural': 'cijfers van drie jaren samen',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='release',
            name='approved_when_all_is_done',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='approved_when_all_is_done', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT (NEW.state = 'draft' OR NOT EXISTS (SELECT FROM monitoring_partition partition JOIN monitoring_run run ON run.id = partition.run_id WHERE run.release_id = NEW.id AND partition.state = 'waiting') AND NOT EXISTS (SELECT FROM monitoring_edition edition JOIN monitoring_audit audit ON audit.partition_id = edition.partition_id WHERE edition.release_id = NEW.id AND audit.state <> 'done') AND NOT EXISTS (SELECT FROM monitoring_windowaudit w WHERE w.state <> 'done' AND 3 = (SELECT count(*) FROM monitoring_edition edition WHERE edition.release_id = NEW.id AND edition.partition_id IN (w.earliest_id, w.middle_id, w.latest_id)))) THEN RAISE EXCEPTION 'Nog niet alle onderdelen van deze uitgave zijn klaar en gecontroleerd.' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;", hash='b469d773c6ec140ab0621dd798bebb747a8d3b92', operation='INSERT OR UPDATE', pgid='pgtrigger_approved_when_all_is_done_ff3c5', table='monitoring_release', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='windowaudit',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='monitoring_windowaudit_due'),
        ),
        migrations.AddIndex(
            model_name='windowaudit',
            index=models.Index(condition=models.Q(('lease_token__isnull', False)), fields=['lease_token'], name='monitoring_windowaudit_lease'),
        ),
        migrations.AddIndex(
            model_name='windowaudit',
            index=models.Index(fields=['indicator', 'first_year'], name='monitoring_windowaudit_window'),
        ),
        migrations.AddConstraint(
            model_name='windowaudit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['waiting', 'cancelled'])), models.Q(('finished_at__isnull', False), ('state__in', ['done', 'failed'])), _connector='OR'), name='monitoring_windowaudit_finished_when_over'),
        ),
        migrations.AddConstraint(
            model_name='windowaudit',
            constraint=models.UniqueConstraint(fields=('earliest', 'middle', 'latest'), name='monitoring_windowaudit_once_per_years'),
        ),
        migrations.AddConstraint(
            model_name='pooledfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', False), ('numerator__isnull', False), ('status', 'reported')), models.Q(models.Q(('status', 'reported'), _negated=True), ('denominator__isnull', True), ('numerator__isnull', True)), _connector='OR'), name='monitoring_pooledfigure_number_or_reason'),
        ),
    ]
