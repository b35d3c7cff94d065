"""Settings, read from the environment. README.md lists the variables; .env.example has them to copy."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samverkan import embedded_postgres, environment

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = environment.folder("SAMVERKAN_VAR", BASE_DIR / "var")

# What this installation is

DEBUG = environment.flag("SAMVERKAN_DEBUG")
SAMVERKAN_DEMO = environment.flag("SAMVERKAN_DEMO")  # example accounts on the sign-in page
IS_PRODUCTION = not DEBUG and not SAMVERKAN_DEMO

INSECURE_KEY = "only-for-the-demo-and-for-tests-never-for-people"
SECRET_KEY = environment.text("SECRET_KEY", INSECURE_KEY)
ALLOWED_HOSTS = environment.words("SAMVERKAN_HOSTS") or ([] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
BASE_URL = environment.text("SAMVERKAN_BASE_URL", f"http://127.0.0.1:{environment.number('PORT', 8000)}")
DATABASE_URL = environment.text("DATABASE_URL")

if IS_PRODUCTION and SECRET_KEY == INSECURE_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set: in service the portal needs a long random key of its own.")
if IS_PRODUCTION and not DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set: the embedded PostgreSQL is for the demo and for tests, not for service."
    )
if IS_PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("SAMVERKAN_HOSTS is not set: name the host names that the portal answers to.")

# Database

EMBEDDED_POSTGRES: Path | None = None if DATABASE_URL else VAR / "postgres"


def database_settings() -> dict[str, Any]:
    if EMBEDDED_POSTGRES is None:
        return environment.database(DATABASE_URL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": embedded_postgres.NAME,
        "USER": embedded_postgres.NAME,
        "HOST": str(embedded_postgres.locate(EMBEDDED_POSTGRES).socket_dir),
        "PORT": str(embedded_postgres.PORT),
    }


# A connection is tried before it is used again, so a restarted database costs nobody a page.
DATABASES = {"default": database_settings() | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Code

INSTALLED_APPS = [
    "samverkan",
    "samverkan.accounts",
    "agreements",
    "communication",
    "allauth",
    "allauth.account",
    "guardian",
    "simple_history",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",  # pages; its padding keeps tokens from being guessed by size
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samverkan.signed_out.SignInFirst",
    "samverkan.middleware.RefuseNul",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "samverkan.middleware.TellRefusals",
    "agreements.views.uploads.LeaveNoRefusedFiles",
]
ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
CSRF_FAILURE_VIEW = "samverkan.views.csrf_failure"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "samverkan.forms.Renderer"
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # rights are looked up by agreements.rights, which minds their dates
    "auth.W004",  # an address is unique whatever its capitals, by a constraint that the check does not see
]

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "agreements.rights.DatedRightsBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None  # guardian: nobody has rights without signing in
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samverkan.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samverkan.accounts.forms.SignInForm",
    "reset_password": "samverkan.accounts.forms.PasswordResetForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reaches the address it is for
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if IS_PRODUCTION else False  # {}: allauth's own limits
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("SAMVERKAN_PROXIES", 0)

# Trace

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Language and time

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish"))]
LOCALE_PATHS = [BASE_DIR / "samverkan" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# What all processes know together: how often somebody has tried to sign in

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samverkan_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",  # with dist/, which esbuild makes
    ("designsystemet", NODE_MODULES / "@digdir" / "designsystemet-css" / "dist" / "src"),
    ("designsystemet-web", NODE_MODULES / "@digdir" / "designsystemet-web" / "dist" / "umd"),
    ("source-sans-3", NODE_MODULES / "@fontsource-variable" / "source-sans-3"),
]
STORAGES = {
    # Uploads have no address of their own: a view hands them out, after asking who is there.
    "default": {
        "BACKEND": "samverkan.storage.WholeFileStorage",
        "OPTIONS": {"location": VAR / "files", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20  # a section's text; uploaded files are limited where they are taken
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a wide action-plan sheet is one form

# Mail

EMAIL_HOST = environment.text("SAMVERKAN_MAIL_HOST")
EMAIL_PORT = environment.number("SAMVERKAN_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("SAMVERKAN_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("SAMVERKAN_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("SAMVERKAN_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = environment.text("SAMVERKAN_MAIL_FROM", "Samverkan <samverkan@example.se>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if IS_PRODUCTION and not EMAIL_HOST:
    raise ImproperlyConfigured("SAMVERKAN_MAIL_HOST is not set: notices and invitations need a mail server.")

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # the design system's icons are masks in its style sheet
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if IS_PRODUCTION]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Log: to standard error, without query strings and without what an exception quotes

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {
            "()": "samverkan.log.PrivateFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        **{name: {"level": "INFO"} for name in ("samverkan", "agreements", "communication")},
    },
}
