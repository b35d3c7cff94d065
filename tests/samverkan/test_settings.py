"""In service the portal refuses to start with what is for the demo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
IN_SERVICE = {
    "SECRET_KEY": "a-key-for-this-test-alone-with-many-different-letters-0123456789",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "SAMVERKAN_HOSTS": "samverkan.example.se",
    "SAMVERKAN_MAIL_HOST": "mail.example.se",
}
TELL = """
import json
from pathlib import Path
from samverkan import settings
tell = lambda value: str(value) if isinstance(value, Path) else type(value).__name__
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=tell))
"""


def python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "SAMVERKAN_VAR") if name in os.environ}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True)


def test_in_service_everything_is_closed() -> None:
    done = python(TELL, IN_SERVICE)
    assert done.returncode == 0, done.stderr
    settings = json.loads(done.stdout)

    assert settings["DEBUG"] is False
    assert settings["EMBEDDED_POSTGRES"] is None
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31536000
    assert settings["ACCOUNT_RATE_LIMITS"] == {}
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "SECRET_KEY is not set: in service the portal needs a long random key of its own."),
        ("DATABASE_URL", "DATABASE_URL is not set: the embedded PostgreSQL is for the demo and for tests"),
        ("SAMVERKAN_HOSTS", "SAMVERKAN_HOSTS is not set"),
        ("SAMVERKAN_MAIL_HOST", "SAMVERKAN_MAIL_HOST is not set"),
    ],
)
def test_in_service_nothing_is_left_to_a_default(missing: str, sentence: str) -> None:
    done = python(TELL, {name: value for name, value in IN_SERVICE.items() if name != missing})

    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]


def test_the_demos_key_is_refused_in_service() -> None:
    done = python(TELL, IN_SERVICE | {"SECRET_KEY": "only-for-the-demo-and-for-tests-never-for-people"})

    assert "SECRET_KEY is not set" in done.stderr


def test_the_demo_needs_no_setting_and_sends_no_mail(tmp_path: Path) -> None:
    done = python(TELL, {"SAMVERKAN_DEMO": "1", "SAMVERKAN_VAR": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    settings = json.loads(done.stdout)

    assert settings["DEBUG"] is False
    assert settings["EMBEDDED_POSTGRES"] == str(tmp_path / "postgres")
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_importing_the_settings_makes_and_starts_nothing(tmp_path: Path) -> None:
    python(TELL, {"SAMVERKAN_DEMO": "1", "SAMVERKAN_VAR": str(tmp_path)})

    assert [*tmp_path.iterdir()] == []


CHECK = "import sys, manage; manage.main(['manage.py', 'check', '--deploy'])"


def test_check_deploy_refuses_the_demo_mode() -> None:
    done = python(CHECK, IN_SERVICE | {"SAMVERKAN_DEMO": "1"})

    assert done.returncode == 1
    assert "samverkan.E001" in done.stderr


def test_check_deploy_has_nothing_against_service() -> None:
    done = python(CHECK, IN_SERVICE)

    assert (done.returncode, done.stderr) == (0, "")
