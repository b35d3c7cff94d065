"""The portal as a WSGI application, for waitress or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")

from django.conf import settings

from samverkan import embedded_postgres

if settings.EMBEDDED_POSTGRES:
    embedded_postgres.join(settings.EMBEDDED_POSTGRES)
application = get_wsgi_application()
