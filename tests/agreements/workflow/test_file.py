"""What is uploaded with something that is refused leaves nothing behind, and takes nothing from anybody else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.urls import reverse

from agreements.models import Agreement, Proposal, StoredFile
from agreements.workflow.file import store, without_refused_files
from samverkan.verdict import TransitionRefused, refused
from tests.factories import World, as_, decide, make_agreement
from tests.factories.pdf import a_pdf
from tests.plumbing.storage import files_in, stored_in

PDF = a_pdf()


def keep(agreement: Agreement) -> StoredFile:
    return store(agreement, PDF, name="protokoll.pdf", kind=StoredFile.Kind.PDF, media_type="application/pdf", by=None)


def register(world: World, number: int) -> int:
    """Register the lägesbild with its minutes as that version, decided on a day of its own."""
    minutes = SimpleUploadedFile("protokoll.pdf", PDF, "application/pdf")
    data = {
        "annex": world.picture.pk, "number": number, "decided_on": "2025-03-04", "effective_from": "2025-03-15",
        "resolution": "Fastställs.", "minutes": minutes,
    }  # fmt: skip
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])
    return as_(world.coordinator).post(url, data).status_code


def test_minutes_of_a_registration_that_was_refused_are_gone(world: World, tmp_path: Path) -> None:
    taken = decide(world).revision.number
    with stored_in(tmp_path):
        assert register(world, taken) == 422
        assert files_in(tmp_path) == []

        assert register(world, taken + 1) == 302
        kept = StoredFile.objects.get()
        assert files_in(tmp_path) == [kept.path]
    assert Proposal.objects.filter(meeting_entries__minutes=kept).exists()


def test_bytes_that_another_agreement_has_stay_when_the_same_file_is_refused(world: World, tmp_path: Path) -> None:
    taken = decide(world).revision.number
    with stored_in(tmp_path):
        theirs = keep(world.other)

        assert register(world, taken) == 422

        assert files_in(tmp_path) == [theirs.path]


def refuse_after(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        raise TransitionRefused(refused("no", "Nej."))


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_takes_no_bytes_from_somebody_who_sends_the_same_at_once(tmp_path: Path) -> None:
    mine, theirs = make_agreement(), make_agreement()
    has_stored, may_go_on = Event(), Event()

    def send_the_same() -> None:
        try:
            with transaction.atomic():
                keep(theirs)
                has_stored.set()
                may_go_on.wait(timeout=1)  # the row is written, and nobody else sees it
        finally:
            connections.close_all()

    other = Thread(target=send_the_same)

    def store_while_somebody_comes() -> None:
        keep(mine)
        other.start()
        until(lambda: has_stored.is_set() or somebody_waits())

    with stored_in(tmp_path):
        with pytest.raises(TransitionRefused), without_refused_files():
            refuse_after(store_while_somebody_comes)
        may_go_on.set()
        other.join(timeout=20)

        kept = StoredFile.objects.get()
        assert kept.agreement == theirs
        assert default_storage.exists(kept.path)


def somebody_waits() -> bool:
    """For an advisory lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + 20
    while not holds():
        assert monotonic() < end, "waited in vain"
        sleep(0.01)


@pytest.mark.django_db
def test_a_file_that_was_there_before_outlives_a_refused_one(tmp_path: Path) -> None:
    agreement = make_agreement()
    with stored_in(tmp_path):
        with without_refused_files():
            kept = keep(agreement)
        with pytest.raises(TransitionRefused), without_refused_files():
            refuse_after(partial(keep, agreement))

        assert files_in(tmp_path) == [kept.path]
