"""The portal as its users reach it, with the empty page beside it, for benchmarks that need a web server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "tests.bench.urls"
settings.PORTAL_REQUIRES_SECOND_FACTOR = False

application = get_wsgi_application()
