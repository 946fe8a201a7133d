"""kill -9 while a delivery is read, accepted and worked out: nothing half done, and the same figures."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.portal.test_workers import SWEEPER, WORKER
from tests.sites import Site, kill, site, wait_until

pytestmark = pytest.mark.services

PREPARE = """
from monitoring import fixed_facts
from partners.areas import load_areas
from tests import factories
load_areas()
fixed_facts.load()
factories.make_person("Anton Analist")
"""
# A figure of every municipality in two years, of which some are too small to show.
READ = """
import datetime
import io
from monitoring import deliveries
from partners.models import Area, Person
rows = ["gemeentecode;periode;indicator;teller;noemer"]
for year in (2022, 2023):
    areas = Area.objects.municipalities().on(datetime.date(year, 1, 1)).order_by("code")
    for place, code in enumerate(areas.values_list("code", flat=True)):
        rows += [f"{code};{year};{name};{place * 7 % 90};{100 + place}" for name in ("big2", "vroeggeboorte")]
deliveries.bring_in(source=io.BytesIO("\\n".join(rows).encode()), filename="proef.csv",
                    by=Person.objects.get(), source_name="Proef")
"""
ACCEPT = """
from monitoring import deliveries
from monitoring.models import Delivery
from partners.models import Person
deliveries.accept(delivery=Delivery.objects.get(), by=Person.objects.get(), reason="Proef")
"""
# As one process does it on its own, to compare with.
WORK_OUT = "factories.work_out_figures()"
AUDITS_TOO = (*WORKER, "--queues", "celery,audits")
WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
LEFT = """
    SELECT (SELECT count(*) FROM monitoring_partition WHERE state <> 'done')
         + (SELECT count(*) FROM monitoring_audit WHERE state <> 'done')
"""
FIGURES = """
    SELECT count(*), md5(string_agg(
        concat_ws(',', f.numerator, f.denominator, f.value, f.lower_95, f.upper_998, f.status), '|'
        ORDER BY i.code, p.code, a.kind, a.code))
    FROM monitoring_releasefigure f JOIN monitoring_indicator i ON i.id = f.indicator_id
    JOIN monitoring_period p ON p.id = f.period_id JOIN partners_area a ON a.id = f.area_id
"""
OF_A_DELIVERY = (
    "monitoring_delivery",
    "monitoring_stagedfigure",
    "monitoring_importfile",
    "monitoring_observation",
    "portal_storedfile",
    "portal_filepiece",
)


def counts(here: Site, *tables: str) -> dict[str, object]:
    return {table: here.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def killed_at(here: Site, table: str, *command: str) -> None:
    """Start a process and kill it while it waits to write in `table`."""
    with psycopg.connect(here.services.addresses.owner_database_url) as other:
        other.execute(f"LOCK TABLE {table} IN SHARE MODE")
        process = here.start(*command)
        wait_until(lambda: bool(here.rows(WAITING)), seconds=90)
        kill(process)
    wait_until(lambda: not here.rows(WAITING))


def test_kill_9_at_every_step_of_a_delivery_gives_the_same_figures(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), site(tmp_path / "undisturbed") as here:
        here.do(PREPARE + READ + ACCEPT + WORK_OUT)
        expected = here.rows(FIGURES)
    with django_db_blocker.unblock(), site(tmp_path / "data") as here:
        # The file is kept and every row is checked when the rows that wait are written.
        killed_at(here, "monitoring_stagedfigure", "manage.py", "shell", "-c", PREPARE + READ)
        assert set(counts(here, *OF_A_DELIVERY).values()) == {0}
        here.do(READ)
        waiting = counts(here, *OF_A_DELIVERY)
        assert waiting["monitoring_stagedfigure"] == 2 * (345 + 342)

        # All observations are written when the work that follows from them is.
        killed_at(here, "monitoring_partition", "manage.py", "shell", "-c", ACCEPT)
        assert counts(here, *OF_A_DELIVERY) == waiting
        assert here.rows("SELECT state FROM monitoring_delivery") == [("checked",)]
        here.do(ACCEPT)
        accepted = counts(here, *OF_A_DELIVERY)
        assert (accepted["monitoring_observation"], accepted["monitoring_stagedfigure"]) == (1374, 0)

        # A worker that dies in the middle of the sums.
        here.start(*SWEEPER)
        killed_at(here, "monitoring_total", *WORKER)
        assert here.rows("SELECT count(*) FROM monitoring_total") == [(0,)]
        here.rows("UPDATE monitoring_partition SET lease_until = now() WHERE state = 'waiting'")
        here.start(*AUDITS_TOO)
        wait_until(lambda: here.rows(LEFT) == [(0,)], seconds=120)
        assert here.rows(FIGURES) == expected
        assert expected[0][0] > 2 * (345 + 342)
