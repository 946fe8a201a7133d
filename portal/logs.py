"""What the log says of a request."""

import logging


class WithoutTraceback(logging.Filter):
    """A refusal or a page that does not exist is one line: nothing is broken."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record; drop the traceback below ERROR."""
        if record.levelno < logging.ERROR:
            record.exc_info = None
            record.exc_text = None
        return True
