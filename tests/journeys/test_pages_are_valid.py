"""The source of every kind of page is valid HTML, says the validator of the W3C. It is a Java program."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from agreements.models import Agreement
from tests.journeys.page_types import PAGES, TOKEN, PageType, account

VALIDATOR = Path(settings.BASE_DIR, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")


@pytest.mark.timeout(400)
@pytest.mark.skipif(shutil.which("java") is None, reason="the validator of HTML needs Java, which is not here")
def test_every_page_is_valid(example: Agreement, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for kind in PAGES:
        (folder / f"{kind}.html".replace(":", " ")).write_bytes(source(kind, example))

    assert complaints(folder) == []


def source(kind: PageType, example: Agreement) -> bytes:
    """The page as it is sent. What its stage changed is taken back."""
    with transaction.atomic():
        client, address = Client(enforce_csrf_checks=True), kind.prepare(example)
        client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        if kind.who:
            client.force_login(account(kind.who))
        ours = {"origin": "http://testserver"}
        answer = client.post(address, kind.sent, headers=ours) if kind.sent else client.get(address, follow=True)
        transaction.set_rollback(True)
    assert (str(kind), answer.status_code) == (str(kind), kind.status)
    return answer.content


def complaints(folder: Path) -> list[str]:
    command = ["java", "-Xss4m", "-Xmx512m", "-jar", str(VALIDATOR), "--format", "json", "--errors-only", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    found: dict[str, list[str]] = {}
    for one in json.loads(said)["messages"]:
        found.setdefault(one["message"], []).append(Path(one["url"]).stem)
    return [f"{message}: {', '.join(sorted(set(pages)))}" for message, pages in sorted(found.items())]
