from __future__ import annotations

from django.db import connection

from agreements.documents.redaction import Selection
from agreements.models import Removal, Revision
from agreements.workflow.removal import confirm_removal, edition_hash, request_removal
from samverkan.accounts.models import User
from tests.factories.agreements import World

SECRET = "Kim Provsson"
"""Somebody invented, who should not have been named."""


def name_somebody(world: World, number: str = "1") -> None:
    """Write ``SECRET`` in the annex's working text, in the middle of a sentence and in a note."""
    section = world.annexes[number].sections.order_by("position")[0]
    section.body = (
        f"<p>Parterna arbetar tillsammans för att förebygga brott, vilket <strong>Kim</strong> Provsson "
        f'påtalade<sup data-note="&lt;p&gt;Enligt {SECRET}.&lt;/p&gt;"></sup>.</p><p>Det följs upp varje år.</p>'
    )
    section.save()


def settle() -> None:
    """Have the deferred checks of what was done before made now, as its own commit would have."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def ask(
    world: World, revision: Revision, *, words: tuple[str, ...] = (SECRET,), units: frozenset[str] = frozenset(),
    by: User | None = None,
) -> Removal:  # fmt: skip
    """The municipality's registrar asks for a removal, some time after the version was decided."""
    settle()
    return request_removal(
        revision, Selection(units, words), ground="personal_data", reason="En privatperson var namngiven.",
        by=by or world.registrar,
    )  # fmt: skip


def remove(world: World, revision: Revision, **chosen: object) -> Removal:
    """Asked for by the municipality's registrar and confirmed by the police's coordinator: they have no registrar."""
    removal = ask(world, revision, **chosen)  # type: ignore[arg-type]
    return confirm_removal(removal, edition=edition_hash(removal), by=world.police_coordinator)
