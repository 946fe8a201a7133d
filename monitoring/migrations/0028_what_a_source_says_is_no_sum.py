from importlib import import_module

from django.db import migrations

BEFORE = import_module("monitoring.migrations.0023_figures_counted_by_their_table").FIGURES
_WAS = """
    -- An observation is of each edition in which it was known.
    SELECT release_id, partition_id, country_id, benchmark, indicator_id, period_id, area_id,
           numerator, CASE WHEN status = 'reported' THEN denominator END, status, 1,
           CASE WHEN status = 'reported' THEN 1 ELSE 0 END
"""
_IS = """
    -- An observation is of each edition in which it was known; it is the sum of nothing.
    SELECT release_id, partition_id, country_id, benchmark, indicator_id, period_id, area_id,
           numerator, CASE WHEN status = 'reported' THEN denominator END, status, 0, 0
"""
# `monitoring.rules.figures()` as it was when this migration was made; a test compares them.
FIGURES = BEFORE.replace(_WAS, _IS)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0027_deaths_by_region_only")]

    operations = [migrations.RunSQL(FIGURES, BEFORE)]
