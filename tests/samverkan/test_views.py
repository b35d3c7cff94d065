"""The health page, and the pages for when something has gone wrong."""

import errno
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from samverkan import urls
from samverkan.failures import FileLost, NotUnderstood
from samverkan.verdict import TransitionRefused, refused

ROOT = Path(__file__).resolve().parent.parent.parent


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("a secret")


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Bilagan är redan fastställd.")


@login_not_required
def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a secret")


@login_not_required
def fill(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "a secret")


@login_not_required
def lose(request: HttpRequest) -> HttpResponse:
    raise OperationalError("a secret")


@login_not_required
def miss(request: HttpRequest) -> HttpResponse:
    raise FileLost("files/0f/0f3a")


@login_not_required
def misread(request: HttpRequest) -> HttpResponse:
    raise NotUnderstood("Datumet går inte att läsa.")


@login_not_required
def come_second(request: HttpRequest) -> HttpResponse:
    raise TransitionRefused(refused("closed", "Någon annan hann före."))


urlpatterns = [
    path("fail", fail), path("fill", fill), path("lose", lose), path("come-second", come_second),
    path("refuse", refuse), path("suspect", suspect), path("miss", miss), path("misread", misread),
    *urls.urlpatterns,
]  # fmt: skip
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_well_portal_says_ok_to_nobody_in_particular(visitor: Client) -> None:
    answer = visitor.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_asking_leaves_no_file_behind(visitor: Client) -> None:
    visitor.get("/healthz")

    assert default_storage.listdir("")[1] == []


@pytest.mark.django_db
def test_storage_that_cannot_be_written_is_told(visitor: Client, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file, where a folder should be")
    file_system = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    with override_settings(STORAGES=settings.STORAGES | {"default": file_system}):
        answer = visitor.get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"storage")


def test_a_database_that_does_not_answer_is_told() -> None:
    code = """
import django
django.setup()
from django.test import Client
answer = Client().get("/healthz", headers={"host": "localhost"})
print(answer.status_code, answer.content.decode())
"""
    nowhere = {
        "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
        "SAMVERKAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "samverkan.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True
    )

    assert done.stdout == "503 database\n", done.stderr


@pytest.mark.django_db
def test_healthz_takes_no_post(visitor: Client) -> None:
    assert visitor.post("/healthz").status_code == 405


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("debug_page", ["a secret", "Traceback"])
def test_an_error_of_ours_gives_a_page_that_tells_nothing_inside(visitor: Client, debug_page: str) -> None:
    answer = visitor.get("/fail")

    assert answer.status_code == 500
    assert "<h1>" in answer.text
    assert debug_page not in answer.text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/fill", "Gå tillbaka så finns det du hade fyllt i kvar."),
        ("/lose", "Det du skriver i redigeraren finns kvar i din webbläsare."),
    ],
)
def test_what_passes_is_said_in_swedish_with_what_is_kept(visitor: Client, address: str, words: str) -> None:
    answer = visitor.get(address)

    assert answer.status_code == 503
    assert words in answer.text
    assert "a secret" not in answer.text


@pytest.mark.urls(__name__)
def test_a_refusal_shows_the_policys_own_sentence(visitor: Client) -> None:
    answer = visitor.get("/refuse")

    assert answer.status_code == 403
    assert "Bilagan är redan fastställd." in answer.text


@pytest.mark.urls(__name__)
def test_a_move_that_is_refused_under_its_lock_gives_a_page_with_the_reason(visitor: Client) -> None:
    answer = visitor.post("/come-second")

    assert answer.status_code == 409
    assert "Någon annan hann före. Inget har ändrats." in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.urls(__name__)
def test_what_is_not_understood_gives_a_page(visitor: Client) -> None:
    answer = visitor.get("/suspect")

    assert answer.status_code == 400
    assert "<h1>" in answer.text
    assert "a secret" not in answer.text


@pytest.mark.urls(__name__)
def test_what_we_have_a_sentence_for_is_answered_with_it(visitor: Client) -> None:
    answer = visitor.get("/misread")

    assert answer.status_code == 400
    assert "Datumet går inte att läsa." in answer.text


@pytest.mark.urls(__name__)
def test_a_lost_file_is_named_in_the_log_and_not_on_the_page(visitor: Client, log: StringIO) -> None:
    answer = visitor.get("/miss")

    assert answer.status_code == 500
    assert "En fil går inte att läsa" in answer.text
    assert "0f3a" not in answer.text
    assert "A stored file is gone, or is another than its hash says: files/0f/0f3a" in log.getvalue()


@pytest.mark.django_db
def test_what_is_not_here_gives_a_page(visitor: Client) -> None:
    answer = visitor.get("/finns-inte/")

    assert answer.status_code == 404
    assert "<h1>" in answer.text
    assert "finns-inte" not in answer.text


@pytest.mark.django_db
def test_a_form_without_its_token_gives_a_page(visitor: Client) -> None:
    careful = Client(enforce_csrf_checks=True)

    answer = careful.post("/konto/login/", {"login": "anna@example.se", "password": "x"})

    assert answer.status_code == 403
    assert "<h1>" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/finns-inte/", "/konto/login/"])
def test_no_page_lets_foreign_or_inline_code_in(visitor: Client, address: str) -> None:
    policy = visitor.get(address)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.urls(__name__)
def test_an_error_while_the_error_page_is_broken_gives_words_alone(visitor: Client) -> None:
    without_templates = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]

    with override_settings(TEMPLATES=without_templates):
        answer = visitor.get("/fail")

    assert (answer.status_code, answer["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "a secret" not in answer.text
