"""Ta in från Word, as people meet it: choose, look, take in. Nothing is saved before the last step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from agreements.documents.word_import.refusals import REASONS, RefusalCode, WordRefused
from agreements.models import Annex, Comment, Section, StoredFile
from agreements.states import AnnexKind
from agreements.workflow.annex import create_annex
from tests.agreements.documents.word_import.docx import Docx, docx, item, p, picture, png, r, tbl, tr
from tests.agreements.documents.word_import.test_comments import CORE, about, comment
from tests.factories import World

pytestmark = pytest.mark.django_db

PLAN = Docx(
    p("Plan för 2026", style="Title")
    + p("Syfte", style="Heading1")
    + p(r("Vi "), about(1, r("förebygger")), r(" brott."))
    + item("Ett")
    + item("Två")
    + p("Om pressen", style="Heading1")
    + p(picture("rId9", "Karta"))
    + tbl(tr("År", "Antal"), tr("2025", "31")),
    comments=comment(1, "Hur?"),
    core=CORE,
    media={"rId9": png()},
).bytes()


@pytest.fixture(autouse=True)
def _on_disk(tmp_path: Path) -> Iterator[None]:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    with override_settings(STORAGES={**settings.STORAGES, "default": kept}):
        yield


@pytest.fixture
def annex(world: World) -> Annex:
    """A communication plan without text, and nobody signed in."""
    return create_annex(world.agreement, AnnexKind.COMMUNICATION_PLAN, number="8", title="Plan", by=world.coordinator)


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def address(annex: Annex, name: str = "word_create") -> str:
    return reverse(f"agreements:{name}", args=[annex.agreement.slug, annex.number])


def upload(client: Client, annex: Annex, data: bytes = PLAN, name: str = "plan.docx") -> HttpResponse:
    answer: HttpResponse = client.post(address(annex), {"file": SimpleUploadedFile(name, data)})  # type: ignore[assignment]
    return answer


def chosen(client: Client, annex: Annex, data: bytes = PLAN) -> str:
    """The address of the preview of an uploaded file."""
    answer = upload(client, annex, data)
    assert answer.status_code == 302
    return answer["Location"]


def waiting() -> list[str]:
    return default_storage.listdir("waiting")[1] if default_storage.exists("waiting") else []


def nothing_is_saved(annex: Annex) -> bool:
    written = annex.sections.filter(is_left_out=False).exclude(body="").exists()
    return not (written or StoredFile.objects.exists() or Comment.objects.exists())


def test_the_preview_tells_what_came_and_saves_nothing(client: Client, annex: Annex) -> None:
    page = client.get(chosen(client, annex))
    html = page.content.decode()
    assert page.status_code == 200
    assert "plan.docx: 15 ord, 2 rubriker, 1 lista, 1 tabell, 1 bild, 1 kommentar – allt är med" in html
    assert "<li><p>Ett</p></li>" in html
    assert 'src="data:image/jpeg;base64,' in html
    assert "Allt i filen gick att förstå" in html
    assert nothing_is_saved(annex)
    assert len(waiting()) == 1


def test_what_is_left_out_is_folded_where_it_is_long_and_nothing_of_it_is_cut(client: Client, annex: Annex) -> None:
    words = " ".join(f"ord{at}" for at in range(60))
    page = client.get(chosen(client, annex, docx(p(r(words, "<w:vanish/>"), "Synligt."))))
    assertContains(page, f"<p>{words}</p>", html=True)
    assertContains(page, "allt är med")


def test_a_damaged_part_is_named_and_nobody_says_that_everything_is_there(client: Client, annex: Annex) -> None:
    page = client.get(chosen(client, annex, Docx(p("Text."), parts={"word/styles.xml": "<w:styles"}).bytes()))
    assertContains(page, "word/styles.xml")
    assertNotContains(page, "allt är med")


def test_each_part_says_where_it_goes_and_can_be_sent_elsewhere(client: Client, annex: Annex) -> None:
    preview = chosen(client, annex)
    html = client.get(preview).content.decode()
    selects = re.findall(r'<select name="(del-\d)".*?</select>', html, re.DOTALL)
    assert selects == ["del-1", "del-2"]
    assert '<option value="purpose" selected>Syfte</option>' in html
    client.post(preview, {"del-1": "", "del-2": "principles", "keeps_authors": ""})
    rows = annex.sections.filter(is_left_out=False).values_list("template_key", "heading")
    assert list(rows) == [("", "Syfte"), ("principles", "Om pressen")]


def test_taking_in_writes_the_text_and_clears_the_file_away(
    client: Client, annex: Annex, django_capture_on_commit_callbacks: object
) -> None:
    preview = chosen(client, annex)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(preview, {"del-1": "purpose", "del-2": "", "keeps_authors": ""})
    assert answer["Location"] == reverse("agreements:annex_edit", args=[annex.agreement.slug, "8"])
    annex.refresh_from_db()
    assert annex.heading == "Plan för 2026"
    section = annex.sections.get(template_key="purpose")
    assert section.body == "<p>Vi förebygger brott.</p><ul><li><p>Ett</p></li><li><p>Två</p></li></ul>"
    assert section.history.first().history_change_reason == "Hämtat från Word"
    assert Comment.objects.get().author_name == "Kommentar i Word-filen"
    assert waiting() == []
    again = client.post(preview, {"del-1": "purpose", "del-2": ""}, follow=True)
    assert "Filen väntar inte längre här" in again.content.decode()


def test_names_are_kept_only_when_the_person_says_so(client: Client, annex: Annex) -> None:
    preview = chosen(client, annex)
    html = client.get(preview).content.decode()
    assert "Handläggare, Norrviks kommun, Kommunpolis" in html
    client.post(preview, {"del-1": "purpose", "del-2": "", "keeps_authors": "yes"})
    assert Comment.objects.get().author_name == "Kommunpolis"


def test_nothing_is_asked_about_a_file_without_names_for_an_annex_without_text(client: Client, annex: Annex) -> None:
    html = client.get(chosen(client, annex, docx(p("Syfte", style="Heading1"), p("Text.")))).content.decode()
    assert "Innan du tar in" not in html


def test_a_text_that_is_there_is_replaced_only_when_the_box_is_ticked(client: Client, world: World) -> None:
    annex = world.communication
    preview = chosen(client, annex)
    refused = client.post(preview, {"del-1": "purpose", "del-2": "", "keeps_authors": ""})
    assert refused.status_code == 422
    assert "Kryssa i rutan om den får ersättas" in refused.content.decode()
    assert annex.sections.get(heading="Arbetssätt").is_left_out is False
    client.post(preview, {"del-1": "purpose", "del-2": "", "keeps_authors": "", "replaces_text": "on"})
    assert annex.sections.get(heading="Arbetssätt").is_left_out is True


def test_two_parts_cannot_go_to_the_same_place(client: Client, annex: Annex) -> None:
    refused = client.post(chosen(client, annex), {"del-1": "purpose", "del-2": "purpose", "keeps_authors": ""})
    assert refused.status_code == 422
    assert "En annan del går redan dit" in refused.content.decode()
    assert nothing_is_saved(annex)


def test_a_place_that_does_not_exist_is_refused(client: Client, annex: Annex) -> None:
    refused = client.post(chosen(client, annex), {"del-1": "finns-inte", "del-2": "", "keeps_authors": ""})
    assert refused.status_code == 422
    assert nothing_is_saved(annex)


def test_a_file_that_cannot_be_read_any_more_while_it_waits_is_told_of_and_cleared_away(
    client: Client, annex: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = chosen(client, annex)

    def refuse(_data: bytes) -> None:
        raise WordRefused(RefusalCode.DAMAGED)

    monkeypatch.setattr("agreements.views.word.read_word", refuse)
    answer = client.get(page, follow=True)
    assert answer.redirect_chain == [(address(annex), 302)]
    assert str(REASONS[RefusalCode.DAMAGED]) in answer.content.decode()
    assert waiting() == []
    assert nothing_is_saved(annex)


def test_another_file_can_be_chosen_instead(client: Client, annex: Annex) -> None:
    answer = client.post(chosen(client, annex), {"cancel": "1"})
    assert answer["Location"] == address(annex)
    assert waiting() == []
    assert nothing_is_saved(annex)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Filen är tom"),
        (b"GIF89a", "inte ett Word-dokument"),
        (b"PK\x03\x04", "skadad"),
        (bytes(20 * 2**20 + 1), "större än 20 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_another_can_be_tried(
    client: Client, annex: Annex, data: bytes, said: str
) -> None:
    answer = upload(client, annex, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert waiting() == []
    assert upload(client, annex).status_code == 302


def test_a_file_without_text_is_refused_before_anything_is_shown(client: Client, annex: Annex) -> None:
    answer = upload(client, annex, docx(p(" "), p()))
    assert answer.status_code == 422
    assert "Det finns ingen text i filen." in answer.content.decode()
    assert waiting() == []


def test_a_file_is_judged_by_its_content_whatever_it_is_called(client: Client, annex: Annex) -> None:
    assert upload(client, annex, PLAN, "bild.png").status_code == 302
    assert upload(client, annex, b"%PDF-1.7", "plan.docx").status_code == 422


def test_a_form_without_a_file_says_so(client: Client, annex: Annex) -> None:
    answer = client.post(address(annex), {})
    assert answer.status_code == 422
    assert "Välj en Word-fil" in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "status"),
    [("coordinator", 200), ("police_coordinator", 200), ("communicator", 200), ("preparer", 403), ("bo", 404),
     ("anna", 404), ("registrar", 403), ("reader", 404), ("cia", 404), ("nils", 404)],
)  # fmt: skip
def test_word_files_are_taken_in_by_those_who_edit_the_annex(
    client: Client, world: World, person: str, status: int
) -> None:
    client.force_login(getattr(world, person))
    for name in ("word_create", "word_proposal_list"):
        assert client.get(address(world.communication, name)).status_code == status
    posted = client.post(address(world.communication), {"file": SimpleUploadedFile("x", b"x")})
    assert posted.status_code == (422 if status == 200 else status)


def test_an_own_draft_is_not_found_by_the_other_party(client: Client, world: World, annex: Annex) -> None:
    annex.draft_party = world.kommun
    annex.save()
    preview = chosen(client, annex)
    client.force_login(world.police_coordinator)
    assert client.get(preview).status_code == 404
    assert client.get(address(annex)).status_code == 404


def test_another_coordinator_does_not_see_a_file_that_waits(client: Client, world: World, annex: Annex) -> None:
    preview = chosen(client, annex)
    client.force_login(world.police_coordinator)
    answer = client.get(preview)
    assert answer.status_code == 302
    assert answer["Location"] == address(annex)


def test_the_right_is_asked_for_again_when_it_is_taken_in(client: Client, world: World, annex: Annex) -> None:
    preview = chosen(client, annex)
    annex.draft_party = world.polis
    annex.save()
    assert client.post(preview, {"del-1": "", "del-2": ""}).status_code == 404
    assert nothing_is_saved(annex)


PICTURE = docx(
    p("Metod", style="Heading1"),
    p("Parterna har använt följande källor:"),
    item("Trygghetsmätningen 2025"),
    item("Skolenkäten"),
)


def test_what_the_text_names_is_shown_after_it_is_taken_in_and_accepted_one_by_one(
    client: Client, world: World
) -> None:
    preview = chosen(client, world.picture, PICTURE)
    answer = client.post(preview, {"del-1": "method", "replaces_text": "on"})
    offers = address(world.picture, "word_proposal_list")
    assert answer["Location"] == offers
    html = client.get(offers).content.decode()
    assert "Trygghetsmätningen 2025" in html
    key = re.findall(r'name="offer" value="([0-9a-f]+)"', html)[0]
    page = client.post(offers, {"offer": key}, follow=True).content.decode()
    assert "”Trygghetsmätningen 2025” finns nu i registret" in page
    assert "Finns redan i registret" in page
    assert world.agreement.sources.count() == 1
    again = client.post(offers, {"offer": key}, follow=True).content.decode()
    assert "redan godtaget" in again
    assert world.agreement.sources.count() == 1


def test_a_communicator_sees_offers_but_cannot_accept_them(client: Client, world: World, annex: Annex) -> None:
    section = Section.objects.filter(annex=world.communication).first()
    assert section is not None
    section.body = "<p>Parterna har använt följande källor:</p><ul><li><p>Skolenkäten</p></li></ul>"
    section.save()
    client.force_login(world.communicator)
    offers = address(world.communication, "word_proposal_list")
    html = client.get(offers).content.decode()
    assert "Skolenkäten" in html
    assert 'name="offer"' not in html
    assert client.post(offers, {"offer": "0" * 16}).status_code == 403
