"""A browser for journeys: the system's Chromium, in Swedish, kept from calling home."""

import os
import shutil
from typing import Any

import pytest

CHROMIUM = os.environ.get("SAMVERKAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        pytest.fail("There is no Chromium here. On Debian: apt-get install chromium")
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
