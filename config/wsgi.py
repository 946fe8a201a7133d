"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from config import load_pages, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
load_pages()
settle()
