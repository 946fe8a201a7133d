"""How gunicorn runs the web server; addresses and numbers come from the command line."""

from typing import Any

accesslog = None
errorlog = "-"
graceful_timeout = 10
# Rendering a chart before the fork would hang the children, so nothing is loaded beforehand.
preload_app = False


def post_fork(server: Any, worker: Any) -> None:
    """Warm what is slow the first time: charts and the way to the broker. Never before the fork."""
    from kombu.exceptions import OperationalError

    from config.celery import app
    from portal import charts

    charts.warm_up()

    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0, timeout=0.5)
    except OperationalError:
        worker.log.warning("De wachtrij is nu niet bereikbaar; het portaal werkt door.")
