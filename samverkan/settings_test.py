"""Settings for tests: a server of their own under var/test, quick passwords, mail in memory."""

import os

os.environ["SAMVERKAN_DEBUG"] = "1"  # lets the embedded server in; DEBUG itself is off below, as in service
os.environ.pop("SAMVERKAN_DEMO", None)

from samverkan import settings as ours
from samverkan.settings import *  # noqa: F403

DEBUG = False
VAR = ours.VAR / "test"
if ours.EMBEDDED_POSTGRES:
    EMBEDDED_POSTGRES = ours.EMBEDDED_POSTGRES = VAR / "postgres"
DATABASES = {"default": ours.database_settings() | {"CONN_MAX_AGE": 0}}

# The live server finds static files where they lie; there is no collected folder to serve.
MIDDLEWARE = [name for name in ours.MIDDLEWARE if not name.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage",
        "OPTIONS": {"base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["debug"] = True  # noqa: F405 -- lets coverage see templates
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
