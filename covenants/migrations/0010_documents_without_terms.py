import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('covenants', '0009_fill_terms_of_versions'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='covenant',
            name='agreed_terms_stay',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='covenant',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='covenant',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='covenant',
            name='covenants_covenant_quorum_has_a_number',
        ),
        migrations.RemoveConstraint(
            model_name='covenant',
            name='covenants_covenant_notice_within_three_years',
        ),
        migrations.RemoveField(
            model_name='covenant',
            name='accession_needs_consent',
        ),
        migrations.RemoveField(
            model_name='covenant',
            name='amendment_rule',
        ),
        migrations.RemoveField(
            model_name='covenant',
            name='force_rule',
        ),
        migrations.RemoveField(
            model_name='covenant',
            name='notice_months',
        ),
        migrations.RemoveField(
            model_name='covenant',
            name='quorum',
        ),
        migrations.RemoveField(
            model_name='covenantevent',
            name='accession_needs_consent',
        ),
        migrations.RemoveField(
            model_name='covenantevent',
            name='amendment_rule',
        ),
        migrations.RemoveField(
            model_name='covenantevent',
            name='force_rule',
        ),
        migrations.RemoveField(
            model_name='covenantevent',
            name='notice_months',
        ),
        migrations.RemoveField(
            model_name='covenantevent',
            name='quorum',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenant',
            trigger=pgtrigger.compiler.Trigger(name='agreed_terms_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.coalition_id, NEW.kind, NEW.title, NEW.slug) IS DISTINCT FROM (OLD.coalition_id, OLD.kind, OLD.title, OLD.slug)\n                       AND EXISTS (SELECT FROM covenants_covenantversion\n                                   WHERE covenant_id = OLD.id\n                                     AND (state <> 'draft' OR second_by_id IS NOT NULL))\n                    THEN\n                        RAISE EXCEPTION 'De tekst staat vast, dus deze afspraken veranderen niet meer.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='4a93c89fcbf1ff8a9e469b83237b1d90cc097af0', operation='UPDATE', pgid='pgtrigger_agreed_terms_stay_e6297', table='covenants_covenant', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covenants_covenantevent" ("coalition_id", "created_at", "ended_by_id", "ended_on", "ended_reason", "id", "is_demo", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "title") VALUES (NEW."coalition_id", NEW."created_at", NEW."ended_by_id", NEW."ended_on", NEW."ended_reason", NEW."id", NEW."is_demo", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."title"); RETURN NULL;', hash='21090b9aeb083a10edc87065135352490f002835', operation='INSERT', pgid='pgtrigger_insert_insert_7b687', table='covenants_covenant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "covenants_covenantevent" ("coalition_id", "created_at", "ended_by_id", "ended_on", "ended_reason", "id", "is_demo", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "title") VALUES (NEW."coalition_id", NEW."created_at", NEW."ended_by_id", NEW."ended_on", NEW."ended_reason", NEW."id", NEW."is_demo", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."title"); RETURN NULL;', hash='44e08a2282e7f86c6f3f781925a9f75d5297cb14', operation='UPDATE', pgid='pgtrigger_update_update_01259', table='covenants_covenant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenantversion',
            trigger=pgtrigger.compiler.Trigger(name='confirmed_text_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' OR OLD.second_by_id IS NOT NULL)", func="\n                    IF (NEW.covenant_id, NEW.number, NEW.blocks, NEW.meaning, NEW.revision, NEW.resign_rule, NEW.effective_on, NEW.notice_months, NEW.amendment_rule, NEW.force_rule, NEW.quorum, NEW.accession_needs_consent, NEW.frozen_by_id, NEW.frozen_at, NEW.second_by_id, NEW.second_at) IS DISTINCT FROM (OLD.covenant_id, OLD.number, OLD.blocks, OLD.meaning, OLD.revision, OLD.resign_rule, OLD.effective_on, OLD.notice_months, OLD.amendment_rule, OLD.force_rule, OLD.quorum, OLD.accession_needs_consent, OLD.frozen_by_id, OLD.frozen_at, OLD.second_by_id, OLD.second_at)\n                       OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS DISTINCT FROM OLD.sha256)\n                    THEN\n                        RAISE EXCEPTION 'Deze tekst staat vast. Maak een nieuwe versie om haar te wijzigen.'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f31f26baf65ebe4c1c6dd39610b1d702f107e5f1', operation='UPDATE', pgid='pgtrigger_confirmed_text_stays_b13f4', table='covenants_covenantversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenantversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covenants_covenantversionevent" ("accession_needs_consent", "amendment_rule", "covenant_id", "created_at", "effective_on", "force_rule", "frozen_at", "frozen_by_id", "id", "meaning", "notice_months", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quorum", "resign_rule", "revision", "second_at", "second_by_id", "sha256", "state") VALUES (NEW."accession_needs_consent", NEW."amendment_rule", NEW."covenant_id", NEW."created_at", NEW."effective_on", NEW."force_rule", NEW."frozen_at", NEW."frozen_by_id", NEW."id", NEW."meaning", NEW."notice_months", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quorum", NEW."resign_rule", NEW."revision", NEW."second_at", NEW."second_by_id", NEW."sha256", NEW."state"); RETURN NULL;', hash='55e5aae600d293a9f6f1a3a5fdb7a763afdced00', operation='INSERT', pgid='pgtrigger_insert_insert_acb90', table='covenants_covenantversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='covenantversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accession_needs_consent" IS DISTINCT FROM (NEW."accession_needs_consent") OR OLD."amendment_rule" IS DISTINCT FROM (NEW."amendment_rule") OR OLD."covenant_id" IS DISTINCT FROM (NEW."covenant_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."effective_on" IS DISTINCT FROM (NEW."effective_on") OR OLD."force_rule" IS DISTINCT FROM (NEW."force_rule") OR OLD."frozen_at" IS DISTINCT FROM (NEW."frozen_at") OR OLD."frozen_by_id" IS DISTINCT FROM (NEW."frozen_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."meaning" IS DISTINCT FROM (NEW."meaning") OR OLD."notice_months" IS DISTINCT FROM (NEW."notice_months") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."quorum" IS DISTINCT FROM (NEW."quorum") OR OLD."resign_rule" IS DISTINCT FROM (NEW."resign_rule") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."second_at" IS DISTINCT FROM (NEW."second_at") OR OLD."second_by_id" IS DISTINCT FROM (NEW."second_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "covenants_covenantversionevent" ("accession_needs_consent", "amendment_rule", "covenant_id", "created_at", "effective_on", "force_rule", "frozen_at", "frozen_by_id", "id", "meaning", "notice_months", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quorum", "resign_rule", "revision", "second_at", "second_by_id", "sha256", "state") VALUES (NEW."accession_needs_consent", NEW."amendment_rule", NEW."covenant_id", NEW."created_at", NEW."effective_on", NEW."force_rule", NEW."frozen_at", NEW."frozen_by_id", NEW."id", NEW."meaning", NEW."notice_months", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quorum", NEW."resign_rule", NEW."revision", NEW."second_at", NEW."second_by_id", NEW."sha256", NEW."state"); RETURN NULL;', hash='61b5875f6c93d713b8703ce473157733ec80fe86', operation='UPDATE', pgid='pgtrigger_update_update_e1520', table='covenants_covenantversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='covenant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='covenants_covenant_ended_on_and_by'),
        ),
        migrations.AddConstraint(
            model_name='covenantversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('force_rule', 'quorum'), ('quorum__isnull', False)), models.Q(models.Q(('force_rule', 'quorum'), _negated=True), ('quorum__isnull', True)), _connector='OR'), name='covenants_covenantversion_quorum_has_a_number', violation_error_message='Vul een aantal partijen in, alleen als het ingaan daarvan afhangt.'),
        ),
        migrations.AddConstraint(
            model_name='covenantversion',
            constraint=models.CheckConstraint(condition=models.Q(('notice_months__lte', 36)), name='covenants_covenantversion_notice_within_three_years', violation_error_message='Vul ten hoogste 36 maanden opzegtermijn in.'),
        ),
    ]
