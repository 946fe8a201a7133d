"""How gunicorn runs the web server; addresses and numbers come from the command line."""

from typing import Any

accesslog = None
errorlog = "-"
graceful_timeout = 10
# The portal with its pages is loaded once, and every worker shares it. After new code the server starts anew.
preload_app = True
# Nobody steers the server from a file in somebody's home.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Warm what is slow the first time, so that no visitor waits for it: charts, and the bell.

    Not before the fork: children of a process that has drawn a chart hang at theirs.
    """
    from kombu.exceptions import OperationalError

    from config.celery import app
    from portal import charts

    charts.warm_up()
    try:
        with app.producer_or_acquire() as producer:
            producer.connection.ensure_connection(max_retries=0)
    except OperationalError:
        worker.log.warning("De wachtrij is nu niet bereikbaar; het portaal werkt door.")
