"""The frame, the components and the editor's page are valid HTML."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from samverkan.accounts.models import User
from tests.journeys.editor import desk

VALIDATOR = Path(settings.BASE_DIR, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")


@pytest.mark.skipif(shutil.which("java") is None, reason="the validator needs Java")
def test_the_pages_are_valid(db: None, tmp_path: Path, settings: Any) -> None:
    settings.SAMVERKAN_DEMO = True
    desk.begin(body='<p>text<sup data-note="&lt;p&gt;n&lt;/p&gt;"></sup></p>')
    client = Client()
    (tmp_path / "login.html").write_bytes(client.get("/konto/login/").content)
    (tmp_path / "errors.html").write_bytes(client.post("/konto/login/").content)
    client.force_login(User.objects.create_user("bo@example.se", name="Bo"))
    for address in ("galleri", "skriv"):
        (tmp_path / f"{address}.html").write_bytes(client.get(f"/{address}/").content)
    # S603: our own validator on our own pages
    checked = subprocess.run(
        ["java", "-Xss4m", "-jar", str(VALIDATOR), "--errors-only", "--format", "gnu", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stderr == ""
