"""The pages that people open most, with few and with many agreements. Run as a process for each size.

``python -m tests.bench.pages AGREEMENTS REVISIONS`` uses the data folder in SAMVERKAN_VAR, fills it once, and
writes one JSON object: page → {"p50", "p95" (milliseconds), "queries"}.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

from manage import start_database

os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
os.environ["SAMVERKAN_DEMO"] = os.environ["SAMVERKAN_MIGRATE"] = "1"
TIMES = 30


def prepare(agreements: int, revisions: int) -> None:
    from django.core.management import call_command

    django.setup()
    start_database("demo_data")
    loaded = Path(os.environ["SAMVERKAN_VAR"]) / "loaded"
    if not loaded.exists():
        sys.stderr.write(f"→ Loading {agreements} agreements (once)\n")
        call_command("demo_data", agreements=agreements, revisions=revisions, stdout=sys.stderr)
        loaded.touch()
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)


def pages() -> Iterator[tuple[str, str, str]]:
    """Name, who opens it, address. The decision page is one that waits for its reader."""
    from agreements.models import Annex, Proposal
    from agreements.states import AnnexKind, ProposalStatus

    annex = (
        Annex.objects.filter(kind=AnnexKind.SITUATIONAL_PICTURE, revisions__isnull=False)
        .select_related("agreement")
        .earliest("pk")
    )
    proposal = Proposal.objects.filter(status=ProposalStatus.PROPOSED).earliest("pk")
    coordinator, decider = "samordnare-kommun@example.se", "styrgrupp-kommun@example.se"
    yield "start", coordinator, "/"
    yield "list", coordinator, "/overenskommelser/"
    yield "agreement", coordinator, annex.agreement.get_absolute_url()
    yield "annex", coordinator, annex.get_absolute_url()
    yield "start of a decider", decider, "/"
    yield "decision", decider, proposal.get_absolute_url()


def measure(person: str, address: str) -> dict[str, float]:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.bench.measuring import timed

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(email=person))

    def open_page() -> None:
        status = client.get(address).status_code
        if status != 200:
            sys.exit(f"{address} answered {status} to {person}.")

    timing = timed(open_page, times=TIMES)  # first: the caches are filled, and it is no longer a first visit
    with CaptureQueriesContext(connection) as queries:
        open_page()
    return {"p50": timing.p50, "p95": timing.p95, "queries": len(queries)}


def main() -> None:
    prepare(int(sys.argv[1]), int(sys.argv[2]))
    json.dump({name: measure(person, address) for name, person, address in pages()}, sys.stdout)


if __name__ == "__main__":
    main()
