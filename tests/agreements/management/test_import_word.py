"""The command that takes in a Word file: what it makes, what it says, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Agreement, Annex, Comment, Organisation, Section
from agreements.rights import today
from agreements.states import AnnexKind
from tests.agreements.documents.word_import.docx import TYPES, Docx, docx, item, p, r
from tests.agreements.documents.word_import.test_comments import CORE, about, comment
from tests.factories import World, end

pytestmark = pytest.mark.django_db
PLAN = docx(p("Plan för 2026", style="Title"), p("Syfte", style="Heading1"), p("Vi förebygger."), item("Ett"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(PLAN)
    return path


def run(file: Path, annex: str = "4", agreement: str = "ny", *extra: str) -> str:
    out = StringIO()
    call_command("import_word", file, "--agreement", agreement, "--annex", annex, *extra, stdout=out)
    return out.getvalue()


def rows() -> tuple[int, ...]:
    """How much there is of everything that the command could write."""
    return tuple(model.objects.count() for model in (Agreement, Annex, Section, Organisation, Comment))


def test_the_report_tells_what_came_and_where_it_went(file: Path) -> None:
    printed = run(file, "4", "ny", "--create").splitlines()
    assert printed[:5] == [
        "plan.docx → ny, Bilaga 4 Plan för 2026",
        "7 ord, 1 rubrik, 1 lista – allt är med",
        "Vart allt kom:",
        "  Titel: Plan för 2026",
        "  Syfte → Syfte (4 ord, 1 lista)",
    ]
    assert "Finns i mallen men inte i filen, utelämnat:" in printed
    assert "  Bakgrund" in printed
    assert printed[-1] == "Allt gick att förstå."


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("0", AnnexKind.AGREEMENT_TEXT),
        ("1", AnnexKind.SITUATIONAL_PICTURE),
        ("2", AnnexKind.COOPERATION_STRUCTURE),
        ("3", AnnexKind.ACTION_PLAN),
        ("3a", AnnexKind.ACTION_PLAN),
        ("3Ö", AnnexKind.ACTION_PLAN),
        ("4", AnnexKind.COMMUNICATION_PLAN),
        ("5", AnnexKind.OVERARCHING_AGREEMENT),
        ("6", AnnexKind.OTHER),
        ("30", AnnexKind.OTHER),
        ("1a", AnnexKind.OTHER),
    ],
)
def test_the_number_says_what_a_missing_annex_is(file: Path, number: str, kind: AnnexKind) -> None:
    run(file, number, "ny", "--create")
    annex = Annex.objects.get()
    assert (annex.kind, annex.number, annex.title) == (kind, number.lower(), "Plan för 2026")


def test_a_missing_agreement_is_complete_enough_to_be_submitted(file: Path) -> None:
    run(file, "4", "ny", "--create")
    agreement = Agreement.objects.get()
    parties = [(party.defined_term, str(party), bool(party.registry_number)) for party in agreement.parties.all()]
    assert parties == [("Kommunen", "Exempelkommunen", True), ("Polisen", "Lokalpolisområde Exempel", True)]
    assert agreement.title == "Lokal samverkansöverenskommelse ny"
    run(file, "4", "andra", "--create")
    assert Organisation.objects.count() == 2


def test_what_is_there_is_used_and_not_made_anew(world: World, file: Path) -> None:
    before = rows()
    run(file, "4", world.agreement.slug)
    assert rows()[:2] == before[:2]
    shown = world.communication.sections.filter(is_left_out=False)
    assert [section.heading for section in shown] == ["Syfte"]


def test_an_own_draft_stays_that_partys(world: World, file: Path) -> None:
    world.communication.draft_party = world.polis
    world.communication.save()
    run(file, "4", world.agreement.slug)
    world.communication.refresh_from_db()
    assert world.communication.draft_party == world.polis


NAMED = Docx(p("Syfte", style="Heading1") + p(about(1, r("Text."))), comments=comment(1, "Hur?"), core=CORE).bytes()


def test_names_of_people_are_left_out_unless_they_are_to_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(NAMED)
    printed = run(path, "4", "ny", "--create")
    assert "Kommunpolis" not in printed
    assert "Handläggare" not in printed
    assert Comment.objects.get().author_name == "Kommentar i Word-filen"
    assert "1 kommentar → kommentarerna till avsnitten" in printed


def test_names_are_kept_on_request(tmp_path: Path) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(NAMED)
    printed = run(path, "4", "ny", "--create", "--keep-authors")
    assert "Kommunpolis" in printed
    assert "Handläggare, Norrviks kommun" in printed
    assert Comment.objects.get().author_name == "Kommunpolis"


EXTERNAL = Docx(
    p("Text"),
    ties=f'<Relationship Id="x" Type="{TYPES}image" Target="https://example.se/a.png" TargetMode="External"/>',
).bytes()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"Bara text", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (b"PK\x03\x04", "damaged"),
        (bytes(20 * 2**20 + 1), "larger than 20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (EXTERNAL, "fetches content"),
        (docx(p()), "no text"),
    ],
)
def test_a_file_that_cannot_be_taken_in_leaves_nothing(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(data)
    before = rows()
    with pytest.raises(CommandError, match=said) as caught:
        run(path, "4", "ny", "--create")
    assert "\n" not in str(caught.value)
    assert rows() == before


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="finns-inte.docx: No such file"):
        run(tmp_path / "finns-inte.docx")
    with pytest.raises(CommandError, match="Is a directory"):
        run(tmp_path)


@pytest.mark.parametrize(
    ("agreement", "annex", "extra", "said"),
    [
        ("finns-inte", "4", (), "There is no agreement"),
        ("ny", "tre", ("--create",), "no number of an annex"),
        ("ny", "0a", ("--create",), "no number of an annex"),
        ("ny", "1000", ("--create",), "no number of an annex"),
        ("två ord", "4", ("--create",), "no slug of an agreement"),
    ],
)
def test_what_cannot_be_found_or_made_is_refused(
    file: Path, agreement: str, annex: str, extra: tuple[str, ...], said: str
) -> None:
    before = rows()
    with pytest.raises(CommandError, match=said):
        run(file, annex, agreement, *extra)
    assert rows() == before


def test_without_create_no_annex_is_made(world: World, file: Path) -> None:
    before = rows()
    with pytest.raises(CommandError, match="has no annex"):
        run(file, "6", world.agreement.slug)
    assert rows() == before


def texts(annex: Annex) -> list[tuple[str, str, bool]]:
    return list(annex.sections.order_by("pk").values_list("heading", "body", "is_left_out"))


def test_an_ended_annex_is_not_written_in(world: World, file: Path) -> None:
    end(world, "4", today() - timedelta(days=1))
    before = texts(world.communication)
    with pytest.raises(CommandError) as caught:
        run(file, "4", world.agreement.slug)
    assert str(caught.value) == "This annex has ended."
    assert texts(world.communication) == before


def test_an_annex_is_written_in_on_its_last_day(world: World, file: Path) -> None:
    end(world, "4", today())
    run(file, "4", world.agreement.slug)
    assert [section.heading for section in world.communication.sections.filter(is_left_out=False)] == ["Syfte"]


def test_an_annex_that_follows_the_overarching_agreement_is_not_written_in(world: World, file: Path) -> None:
    above = Agreement.objects.create(slug="regionen", title="Regionen", level=Agreement.Level.OVERARCHING)
    Agreement.objects.filter(pk=world.agreement.pk).update(parent=above)
    before = rows()
    with pytest.raises(CommandError) as caught:
        run(file, "5", world.agreement.slug, "--create")
    assert str(caught.value) == "This annex follows the overarching agreement's text."
    assert rows() == before
    run(file, "4", world.agreement.slug)


def test_the_report_says_that_a_former_text_was_replaced(file: Path) -> None:
    kept = "Bilagan hade redan en text. Den ersattes, och det som stod där finns kvar i historiken."
    assert kept not in run(file, "4", "ny", "--create").splitlines()
    assert kept in run(file, "4", "ny").splitlines()


def test_a_short_name_that_is_too_long_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match="is no slug of an agreement"):
        run(file, "4", "n" * 81, "--create")
    assert rows() == (0, 0, 0, 0, 0)
