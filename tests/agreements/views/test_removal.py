"""Asking for a removal, seeing what goes, answering; and what every page says afterwards."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.models import Decision, Removal, Revision
from agreements.rights import today
from agreements.selectors.worklist import worklist
from agreements.workflow.file import store_pdf
from agreements.workflow.removal import confirm_removal, request_file_removal
from tests.factories import World, as_, decide
from tests.factories.pdf import a_pdf
from tests.factories.removals import SECRET, ask, name_somebody, remove, settle

ASKED = {"words": SECRET, "ground": "personal_data", "reason": "En privatperson var namngiven.", "step": "send"}


@pytest.fixture
def decided(world: World) -> Revision:
    name_somebody(world)
    revision = decide(world).revision
    settle()
    return revision


def address(world: World, revision: Revision) -> str:
    return reverse("agreements:removal_create", args=[world.agreement.slug, "1", revision.number])


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_a_registrar_sees_what_goes_away_before_asking_and_nothing_is_asked_yet(
    world: World, decided: Revision
) -> None:
    client = as_(world.registrar)
    assert "Parterna arbetar tillsammans" in text_of(client, address(world, decided))

    page = client.post(address(world, decided), ASKED | {"step": "preview"}).content.decode()

    assert "[Borttaget " in page
    assert "Begär borttagning" in page
    assert not Removal.objects.exists()


def test_the_preview_names_the_other_versions_in_which_the_same_stands(world: World, decided: Revision) -> None:
    other = decide(world, "4").revision
    second = decide(world, effective_from=today() + timedelta(days=1)).revision

    page = as_(world.registrar).post(address(world, decided), ASKED | {"step": "preview"}).content.decode()

    assert second.get_absolute_url() in page
    assert f'<a href="{other.get_absolute_url()}"' not in page


def test_asking_leads_to_the_request_and_to_the_other_partys_work(world: World, decided: Revision) -> None:
    response = as_(world.registrar).post(address(world, decided), ASKED)

    removal = Removal.objects.get()
    assert response["Location"] == removal.get_absolute_url()
    assert [(str(item.what), item.url) for item in worklist(world.police_coordinator)][:1] == [
        ("Bekräfta borttagning", removal.get_absolute_url())
    ]
    assert "Bekräfta borttagning" not in {str(item.what) for item in worklist(world.registrar)}


@pytest.mark.parametrize("missing", ["words", "reason", "ground"])
def test_a_request_without_what_or_why_keeps_what_was_typed(world: World, decided: Revision, missing: str) -> None:
    response = as_(world.registrar).post(address(world, decided), ASKED | {missing: ""})

    assert response.status_code == 422
    assert not Removal.objects.exists()


def test_the_one_who_confirms_sees_exactly_what_goes_and_then_it_is_gone(world: World, decided: Revision) -> None:
    removal = ask(world, decided)
    client = as_(world.police_coordinator)
    page = text_of(client, removal.get_absolute_url())
    edition = page.split('name="edition" value="')[1].split('"')[0]
    assert "<del" in page
    assert "Provsson" in page

    response = client.post(reverse("agreements:removal_confirm", args=[removal.pk]), {"edition": edition})

    assert response["Location"] == removal.get_absolute_url()
    decided.refresh_from_db()
    assert SECRET not in decided.plain_text
    page = text_of(client, removal.get_absolute_url())
    assert "Provsson" not in page
    for hash_ in (removal.old_sha256, decided.sha256):
        assert hash_ in page


def test_a_stale_page_confirms_nothing(world: World, decided: Revision) -> None:
    removal = ask(world, decided)
    url = reverse("agreements:removal_confirm", args=[removal.pk])

    as_(world.police_coordinator).post(url, {"edition": "0" * 64})

    decided.refresh_from_db()
    assert SECRET in decided.plain_text


def test_a_rejection_says_why_and_a_withdrawal_takes_it_back(world: World, decided: Revision) -> None:
    removal = ask(world, decided)
    reject = reverse("agreements:removal_reject", args=[removal.pk])
    assert as_(world.police_coordinator).get(reject).status_code == 200
    as_(world.police_coordinator).post(reject, {"reason": "Uppgiften är offentlig."})
    removal.refresh_from_db()
    assert (removal.status, removal.answer) == ("rejected", "Uppgiften är offentlig.")

    again = ask(world, decided)
    as_(world.coordinator).post(reverse("agreements:removal_withdraw", args=[again.pk]))
    again.refresh_from_db()
    assert again.status == "withdrawn"


def test_no_link_removes_anything(world: World, decided: Revision) -> None:
    removal = ask(world, decided)

    for name in ("removal_confirm", "removal_withdraw"):
        url = reverse(f"agreements:{name}", args=[removal.pk])
        assert as_(world.police_coordinator).get(url).status_code == 405


PEOPLE = ["coordinator", "police_coordinator", "registrar", "anna", "preparer", "bo", "reader", "cia", "nils"]


@pytest.mark.parametrize("name", PEOPLE)
def test_pages_open_for_their_people_only(world: World, decided: Revision, name: str) -> None:
    """Not yours: 404. Yours to read and not to remove from: 403."""
    client = as_(getattr(world, name))
    stranger = name in ("cia", "nils")
    keeper = name in ("coordinator", "police_coordinator", "registrar")
    asking = client.get(address(world, decided)).status_code
    removal = ask(world, decided)
    seen = client.get(removal.get_absolute_url()).status_code
    confirming = client.post(reverse("agreements:removal_confirm", args=[removal.pk])).status_code

    assert asking == (404 if stranger else 200 if keeper else 403)
    assert seen == (200 if keeper else 404)
    assert confirming == (302 if name == "police_coordinator" else 403 if keeper else 404)


def test_every_page_says_that_content_has_been_removed_and_names_both_hashes(world: World, decided: Revision) -> None:
    removal = remove(world, decided)
    client = as_(world.member)
    base = f"/overenskommelser/{world.agreement.slug}/bilagor/1/"
    pages = [
        base,
        f"{base}version/1/",
        f"{base}jamfor/?fran=1&till=1",
        Decision.objects.get().get_absolute_url(),
        decided.proposal.get_absolute_url(),
    ]

    for url in pages:
        page = text_of(client, url)
        assert "Innehåll har tagits bort ur" in page, url
        assert removal.reason in page
        assert removal.old_sha256 in page
        assert removal.redacted_sha256 in page
        assert "Provsson" not in page


def test_a_reader_finds_the_tombstone(world: World, decided: Revision) -> None:
    removal = remove(world, decided)

    assert "Innehåll har tagits bort" in text_of(as_(world.reader), removal.get_absolute_url())


def test_in_the_place_of_a_removed_file_stands_its_masked_copy(world: World) -> None:
    minutes = store_pdf(world.agreement, SimpleUploadedFile("protokoll.pdf", a_pdf(2)), by=world.coordinator)
    world.picture.attachments.create(file=minutes, title="Protokoll")
    decide(world)
    settle()
    url = reverse("agreements:file_removal_create", args=[world.agreement.slug, minutes.sha256])
    asked = {"ground": "secrecy", "provision": "18 kap. 1 § OSL", "reason": "En metod beskrevs."}
    client, police = as_(world.registrar), as_(world.police_coordinator)
    assert client.get(url).status_code == 200
    assert as_(world.reader).get(url).status_code == 403
    client.post(url, asked | {"masked": SimpleUploadedFile("maskad.pdf", a_pdf(1))})
    removal = Removal.objects.get()
    assert removal.masked_file is not None
    masked = reverse("agreements:file_detail", args=[world.agreement.slug, removal.masked_file.sha256])
    assert police.get(masked).status_code == 200
    assert as_(world.reader).get(masked).status_code == 404

    police.post(reverse("agreements:removal_confirm", args=[removal.pk]), {"edition": removal.masked_file.sha256})

    answer = as_(world.reader).get(reverse("agreements:file_detail", args=[world.agreement.slug, minutes.sha256]))
    assert len(answer.content) == removal.masked_file.size
    assert as_(world.registrar).get(url).status_code == 403


def test_in_the_place_of_a_removed_file_without_a_copy_stands_what_happened(world: World) -> None:
    minutes = store_pdf(world.agreement, SimpleUploadedFile("protokoll.pdf", a_pdf(2)), by=world.coordinator)
    world.picture.attachments.create(file=minutes, title="Protokoll")
    decide(world)
    settle()
    removal = request_file_removal(minutes, ground="secrecy", reason="En metod beskrevs.", by=world.registrar)
    confirm_removal(removal, edition="", by=world.police_coordinator)
    url = reverse("agreements:file_detail", args=[world.agreement.slug, minutes.sha256])

    assert as_(world.reader).get(url)["Location"] == removal.get_absolute_url()
    assert "Filen är borta" in text_of(as_(world.reader), removal.get_absolute_url())
