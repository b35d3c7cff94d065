"""A stored file that is gone, or is another than its hash says: a clear page, nothing half made, and a line in the log
that says which file it is and nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from agreements.models import Printout, StoredFile
from agreements.pdf import render
from agreements.rights import today
from agreements.workflow.file import store_pdf
from agreements.workflow.picture import store_picture
from agreements.workflow.registration import TakenDecision, register_decided
from samverkan.accounts.models import User
from tests.agreements.workflow.test_picture import picture, show, upload
from tests.factories import World, as_, decide
from tests.factories.pdf import a_pdf
from tests.plumbing.storage import files_in, stored_in

SAID = "En bild eller en PDF som hör till det du bad om saknas i portalens lagring eller är skadad."
NAME = "Anna Påhitt anmalan.png"


def reader(user: User) -> Client:
    client = as_(user)
    client.raise_request_exception = False
    return client


@pytest.fixture
def file(world: World, tmp_path: Path) -> Iterator[StoredFile]:
    """A picture in the situational picture in force, in the storage still and not yet in the press."""
    render.forget()
    with stored_in(tmp_path):
        stored = store_picture(world.picture, upload(picture(), NAME), by=world.coordinator)
        show(world, stored)
        decide(world)
        yield stored


def prints(world: World) -> list[str]:
    slug = world.agreement.slug
    return [
        reverse("agreements:agreement_print", args=[slug]),
        reverse("agreements:revision_print", args=[slug, "1", 1]),
    ]


@pytest.mark.parametrize("is_spoiled", [False, True])
def test_what_shows_a_lost_picture_is_not_printed(
    world: World, file: StoredFile, tmp_path: Path, log: StringIO, is_spoiled: bool
) -> None:
    default_storage.delete(file.path)
    if is_spoiled:
        default_storage.save(file.path, ContentFile(picture(size=(6, 8))))

    for address in prints(world):
        answer = reader(world.reader).get(address)
        assert answer.status_code == 500
        assert SAID in answer.content.decode()

    assert not Printout.objects.exists()
    assert files_in(tmp_path) == [file.path] * is_spoiled
    assert f"A stored file is gone, or is another than its hash says: {file.path}" in log.getvalue()
    for words in ("Påhitt", world.reader.email, "förebygga brott"):
        assert words not in log.getvalue()


def test_what_was_printed_before_is_still_given(world: World, file: StoredFile) -> None:
    made = [reader(world.reader).get(address).content for address in prints(world)]
    default_storage.delete(file.path)

    assert [reader(world.reader).get(address).content for address in prints(world)] == made


def test_the_draft_of_a_text_that_shows_no_picture_of_ours_is_refused_as_kindly(world: World, file: StoredFile) -> None:
    section = world.picture.sections.get(heading="Syfte")
    section.body = section.body.replace(file.sha256, "0" * 64)
    section.save()

    answer = reader(world.coordinator).get(reverse("agreements:draft_print", args=[world.agreement.slug, "1"]))

    assert answer.status_code == 500
    assert SAID in answer.content.decode()


def test_a_lost_pdf_is_told_as_well(world: World, tmp_path: Path) -> None:
    with stored_in(tmp_path):
        minutes = store_pdf(world.agreement, upload(a_pdf(), "protokoll.pdf"), by=world.coordinator)
        taken = TakenDecision(today(), today(), "Fastställs.", minutes=minutes)
        register_decided(world.picture, taken, by=world.coordinator)
        address = reverse("agreements:file_detail", args=[world.agreement.slug, minutes.sha256])
        assert reader(world.coordinator).get(address).status_code == 200
        default_storage.delete(minutes.path)

        answer = reader(world.coordinator).get(address)

    assert answer.status_code == 500
    assert SAID in answer.content.decode()
