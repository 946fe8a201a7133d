"""How gunicorn runs the web server; addresses and numbers come from the command line."""

from typing import Any

accesslog = None
errorlog = "-"
graceful_timeout = 10
# Rendering a chart before the fork would hang the children, so nothing is loaded beforehand.
preload_app = False
# Nobody steers the server from a file in somebody's home.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Warm what is slow the first time, so that no visitor waits for it: charts, and the bell."""
    from kombu.exceptions import OperationalError

    from config.celery import app
    from portal import charts

    charts.warm_up()
    try:
        with app.producer_or_acquire() as producer:
            producer.connection.ensure_connection(max_retries=0)
    except OperationalError:
        worker.log.warning("De wachtrij is nu niet bereikbaar; het portaal werkt door.")
