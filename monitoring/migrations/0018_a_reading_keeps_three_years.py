import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0017_three_years_together'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='interpretation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='interpretation',
            name='update_update',
        ),
        migrations.AlterField(
            model_name='interpretation',
            name='value',
            field=models.FloatField(blank=True, null=True, verbose_name='cijfer'),
        ),
        migrations.AlterField(
            model_name='interpretationevent',
            name='value',
            field=models.FloatField(blank=True, null=True, verbose_name='cijfer'),
        ),
        migrations.AddField(
            model_name='interpretation',
            name='pooled_from',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='eerste van drie jaren samen'),
        ),
        migrations.AddField(
            model_name='interpretation',
            name='pooled_value',
            field=models.FloatField(blank=True, null=True, verbose_name='cijfer van drie jaren samen'),
        ),
        migrations.AddField(
            model_name='interpretationevent',
            name='pooled_from',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='eerste van drie jaren samen'),
        ),
        migrations.AddField(
            model_name='interpretationevent',
            name='pooled_value',
            field=models.FloatField(blank=True, null=True, verbose_name='cijfer van drie jaren samen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interpretation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "monitoring_interpretationevent" ("area_id", "coalition_id", "id", "indicator_code", "is_shared", "organisation_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_from", "pooled_value", "release_id", "status", "text", "value", "withdrawn_at", "withdrawn_by_id", "written_at", "written_by_id") VALUES (NEW."area_id", NEW."coalition_id", NEW."id", NEW."indicator_code", NEW."is_shared", NEW."organisation_id", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pooled_from", NEW."pooled_value", NEW."release_id", NEW."status", NEW."text", NEW."value", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='4817de194a7b23b25d1a6ad5b71985028f255fa6', operation='INSERT', pgid='pgtrigger_insert_insert_81b7e', table='monitoring_interpretation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interpretation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "monitoring_interpretationevent" ("area_id", "coalition_id", "id", "indicator_code", "is_shared", "organisation_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_from", "pooled_value", "release_id", "status", "text", "value", "withdrawn_at", "withdrawn_by_id", "written_at", "written_by_id") VALUES (NEW."area_id", NEW."coalition_id", NEW."id", NEW."indicator_code", NEW."is_shared", NEW."organisation_id", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pooled_from", NEW."pooled_value", NEW."release_id", NEW."status", NEW."text", NEW."value", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='84617355929a5be7cb38a0ed1357ae818bcc1911', operation='UPDATE', pgid='pgtrigger_update_update_6b158', table='monitoring_interpretation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='interpretation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pooled_from__isnull', True), ('pooled_value__isnull', True)), models.Q(('pooled_from__isnull', False), ('pooled_value__isnull', False)), _connector='OR'), name='monitoring_interpretation_years_have_a_number'),
        ),
    ]
