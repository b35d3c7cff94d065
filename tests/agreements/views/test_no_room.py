"""A full disk: a clear sentence, nothing half done, and a line in the log that names nobody and quotes nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import Printout, StoredFile
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.section import save_section
from agreements.workflow.signing import open_manifest
from samverkan.accounts.models import User
from tests.agreements.documents.word_import.docx import docx, p
from tests.agreements.workflow.test_picture import picture
from tests.factories import World, decide, proposal_at
from tests.factories.pdf import a_pdf
from tests.plumbing.storage import FullDisk, files_in, stored_in

pytestmark = pytest.mark.django_db
NAME = "Anna Påhitt anmalan.xyz"
SECRET = "Anna Påhitt"


def as_(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(NAME, data)


def said_in(log: StringIO) -> str:
    """What was written; no person, address, name of a file or text is in it."""
    said = log.getvalue()
    for user in User.objects.all():
        assert user.email not in said
        assert not user.name or user.name not in said
    assert "builtins.OSError ENOSPC" in said
    assert SECRET not in said
    assert "Parterna arbetar tillsammans" not in said
    return said


def test_a_picture_without_room_is_refused_and_can_be_sent_again(world: World, tmp_path: Path, log: StringIO) -> None:
    address = reverse("agreements:image_upload", args=[world.agreement.slug, "1"])
    client = as_(world.coordinator)
    with stored_in(tmp_path, FullDisk):
        answer = client.post(address, {"file": upload(picture(size=(200, 200)))})

    assert answer.status_code == 503
    assert answer.json() == {"error": "Bilden kunde inte sparas just nu. Försök igen senare."}
    assert not StoredFile.objects.exists()
    assert files_in(tmp_path) == []
    assert "A picture could not be stored." in said_in(log)

    with stored_in(tmp_path):
        again = client.post(address, {"file": upload(picture(size=(200, 200)))})
        assert again.status_code == 200
        assert files_in(tmp_path) == [StoredFile.objects.get().path]


def test_a_word_file_without_room_is_refused_on_its_form(world: World, tmp_path: Path, log: StringIO) -> None:
    address = reverse("agreements:word_create", args=[world.agreement.slug, "1"])
    with stored_in(tmp_path, FullDisk):
        answer = as_(world.coordinator).post(address, {"file": upload(docx(p(SECRET)))})

    assert answer.status_code == 503
    assert "Filen kunde inte tas emot just nu. Försök igen senare." in answer.content.decode()
    assert files_in(tmp_path) == []
    assert "A Word file could not be kept." in said_in(log)


def test_a_scan_without_room_is_refused_on_its_form_and_lies_nowhere(
    world: World, tmp_path: Path, log: StringIO
) -> None:
    decide(world)
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    address = reverse("agreements:scan_create", args=[manifest.pk])
    with stored_in(tmp_path, FullDisk):
        answer = as_(world.coordinator).post(address, {"scan": upload(a_pdf())})

    assert answer.status_code == 422
    assert "Filen kunde inte sparas just nu. Inget har ändrats. Försök igen senare." in answer.content.decode()
    manifest.refresh_from_db()
    assert manifest.scan is None
    assert not StoredFile.objects.exists()
    assert files_in(tmp_path) == []
    assert "A PDF could not be stored." in said_in(log)


def test_minutes_without_room_are_refused_and_the_decision_is_not_entered(
    world: World, tmp_path: Path, log: StringIO
) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)
    address = reverse("agreements:proposal_step", args=[proposal.pk, "for-in-beslut"])
    sent = {
        "decided_on": today(),
        "effective_from": today(),
        "item_number": "§ 57",
        "resolution": f"{SECRET} bifaller.",
    }
    with stored_in(tmp_path, FullDisk):
        answer = as_(world.coordinator).post(address, sent | {"minutes": upload(a_pdf())})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Filen kunde inte sparas just nu." in page
    assert f"{SECRET} bifaller." in page, "what was typed is still there"
    assert not proposal.meeting_entries.exists()
    assert not StoredFile.objects.exists()
    assert "A PDF could not be stored." in said_in(log)


def test_a_fixed_print_is_given_unkept_when_there_is_no_room_to_keep_it(
    world: World, tmp_path: Path, log: StringIO
) -> None:
    section = world.picture.sections.get(heading="Syfte")
    text = f"<p>{SECRET}</p>"
    save_section(section, heading="Syfte", body=text, version=section.version, by=world.coordinator)
    decision = decide(world)
    address = reverse("agreements:revision_print", args=[world.agreement.slug, "1", decision.revision.number])
    client = as_(world.reader)
    with stored_in(tmp_path, FullDisk):
        answer = client.get(address)

        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert not Printout.objects.exists()
        assert files_in(tmp_path) == []
    assert "A printout could not be kept." in said_in(log)

    with stored_in(tmp_path):
        assert client.get(address).content == answer.content
        assert files_in(tmp_path) == [Printout.objects.get().path]
