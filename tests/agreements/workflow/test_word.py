"""Taking in a Word file: the working text says what the file says, or nothing has happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from agreements.documents.text import to_text
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordImage
from agreements.models import Annex, Comment, Contact, Section, StoredFile
from agreements.selectors.comments import comments_in_draft
from agreements.selectors.draft import draft_document
from agreements.states import AnnexKind
from agreements.workflow.annex import create_annex
from agreements.workflow.contact import save_contact
from agreements.workflow.word import Answers, has_text, placings_for, take_in, write_word
from agreements.workflow.word_report import TakenIn
from samverkan.verdict import TransitionRefused
from tests.agreements.documents.word_import.docx import NAMESPACES, TYPES, Docx, docx, footnote, p, picture, png, r
from tests.agreements.documents.word_import.messy import Messy
from tests.agreements.documents.word_import.oracle import words, words_of_file
from tests.agreements.documents.word_import.test_comments import about, comment
from tests.agreements.documents.word_import.test_pictures import with_broken_pixels
from tests.factories import World

pytestmark = pytest.mark.django_db
REPLACES = Answers(replaces_text=True)


def h(text: str, level: int = 1) -> str:
    return p(text, style=f"Heading{level}")


PLAN = docx(
    p("Kommunikationsplan 2026", style="Title"),
    p("Provkommun och polisen", style="Subtitle"),
    h("Vårt huvudbudskap"),
    p("Vi arbetar tillsammans."),
    h("Om pressen"),
    p("Ring alltid först."),
    h("Målgrupper"),
    h("Internt", 2),
    p("Medarbetare."),
)


@pytest.fixture
def plan(world: World) -> Annex:
    """A communication plan with the template's headings and no text."""
    return begun(world, AnnexKind.COMMUNICATION_PLAN)


def begun(world: World, kind: AnnexKind) -> Annex:
    return create_annex(world.agreement, kind, number="8", title="Ny bilaga", by=world.coordinator)


def take(world: World, annex: Annex, data: bytes, answers: Answers = REPLACES, person: str = "coordinator") -> TakenIn:
    word = read_word(data)
    return take_in(annex, word, placings_for(annex, word), by=getattr(world, person), answers=answers)


def shown(annex: Annex) -> list[tuple[str, int, str, str]]:
    rows = annex.sections.filter(is_left_out=False)
    return [(row.template_key, row.level, row.heading, row.body) for row in rows]


def exported(annex: Annex) -> str:
    annex.refresh_from_db()
    return to_text(draft_document(annex), with_title=bool(annex.heading))


def test_headings_land_on_the_template_with_the_wording_and_order_of_the_file(world: World, plan: Annex) -> None:
    take(world, plan, PLAN)
    assert shown(plan) == [
        ("messages", 1, "Vårt huvudbudskap", "<p>Vi arbetar tillsammans.</p>"),
        ("", 1, "Om pressen", "<p>Ring alltid först.</p>"),
        ("target_groups", 1, "Målgrupper", ""),
        ("target_groups_internal", 2, "Internt", "<p>Medarbetare.</p>"),
    ]
    plan.refresh_from_db()
    assert (plan.heading, plan.subtitle) == ("Kommunikationsplan 2026", "Provkommun och polisen")


def test_nothing_of_the_template_is_said_that_the_file_does_not_say(world: World, plan: Annex) -> None:
    taken = take(world, plan, PLAN)
    assert words(exported(plan)) == words_of_file(PLAN)
    assert taken.is_complete
    assert "Bakgrund" in taken.left_out
    assert "Målgrupper" not in taken.left_out
    assert plan.sections.get(template_key="background").is_left_out


def test_a_left_out_section_keeps_its_place_between_those_that_are_there(world: World, plan: Annex) -> None:
    take(world, plan, PLAN)
    keys = list(plan.sections.values_list("template_key", flat=True))
    assert keys.index("value_words") == keys.index("messages") + 1


def test_what_the_portal_would_list_itself_stays_as_the_file_has_it(world: World, plan: Annex) -> None:
    save_contact(Contact(agreement=world.agreement, function="Presstalesperson i registret"), by=world.coordinator)
    data = docx(h("Kontaktpersoner"), p("Kommunpolisen, 08-465 004 01"))
    take(world, plan, data)
    (section,) = plan.sections.filter(is_left_out=False)
    assert (section.template_key, section.kind) == ("contacts", "text")
    assert words(exported(plan)) == words_of_file(data)


@pytest.mark.parametrize(
    ("headings", "numbered"),
    [
        (["1 Bakgrund", "2 Syfte"], ["1 Bakgrund", "2 Syfte"]),
        (["1 Bakgrund", "3 Syfte", "2 Kanaler"], ["1 Bakgrund", "2 Kanaler"]),
        (["2. Bakgrund", "3. Syfte"], []),
    ],
)
def test_a_typed_number_is_counted_when_it_can_be_and_is_text_otherwise(
    world: World, plan: Annex, headings: list[str], numbered: list[str]
) -> None:
    data = docx(*(block for heading in headings for block in (h(heading), p("Text."))))
    take(world, plan, data)
    assert words(exported(plan)) == words_of_file(data)
    found = draft_document(plan)["blocks"]
    assert [f"{b['number']} {b['html']}" for b in found if b["type"] == "heading" and b["number"]] == numbered


def test_a_title_that_is_too_long_stands_first_in_the_text(world: World, plan: Annex) -> None:
    data = docx(p("mycket " * 40 + "lång", style="Title"), h("Syfte"), p("Text."))
    take(world, plan, data)
    plan.refresh_from_db()
    assert plan.heading == ""
    assert words(exported(plan)) == words_of_file(data)


def test_a_text_is_only_replaced_by_one_who_said_so_and_stays_in_the_history(world: World, plan: Annex) -> None:
    assert not has_text(plan)
    take(world, plan, PLAN, Answers())
    assert has_text(plan)
    other = docx(h("Huvudbudskap"), p("Något annat."))
    with pytest.raises(TransitionRefused) as caught:
        take(world, plan, other, Answers())
    assert caught.value.verdict.code == "text_there"
    assert words(exported(plan)) == words_of_file(PLAN)
    take(world, plan, other)
    assert words(exported(plan)) == words_of_file(other)
    section = plan.sections.get(template_key="messages")
    assert [row.body for row in section.history.all()][:2] == ["<p>Något annat.</p>", "<p>Vi arbetar tillsammans.</p>"]
    assert section.history.first().history_user == world.coordinator


def test_the_same_sections_are_found_again_and_an_unchanged_one_gets_no_line(world: World, plan: Annex) -> None:
    take(world, plan, PLAN)
    before = {section.pk: (section.version, section.history.count()) for section in plan.sections.all()}
    take(world, plan, PLAN)
    assert {section.pk: (section.version, section.history.count()) for section in plan.sections.all()} == before
    take(world, plan, docx(h("Om pressen"), p("Ring aldrig.")))
    changed = Section.objects.get(pk__in=before, heading="Om pressen")
    assert (changed.version, changed.body) == (before[changed.pk][0] + 1, "<p>Ring aldrig.</p>")


def test_the_text_before_the_first_heading_has_no_heading_here_either(world: World, plan: Annex) -> None:
    data = docx(p("Inledande ord."), h("Syfte"), p("Text."))
    take(world, plan, data)
    assert shown(plan)[0] == ("", 1, "", "<p>Inledande ord.</p>")
    assert words(exported(plan)) == words_of_file(data)


@pytest.mark.parametrize("person", ["bo", "cia", "nils", "anna", "reader", "registrar"])
def test_only_those_who_write_the_annex_take_a_file_in(world: World, plan: Annex, person: str) -> None:
    with pytest.raises(TransitionRefused) as caught:
        take(world, plan, PLAN, person=person)
    assert caught.value.verdict.code == "not_writer"
    assert not has_text(plan)


def test_an_own_draft_is_its_partys_with_its_pictures_and_comments(world: World, plan: Annex) -> None:
    plan.draft_party = world.kommun
    plan.save()
    data = Docx(h("Syfte") + p(about(1, picture("rId9", "Karta"))), comments=comment(1, "Fin"), media={"rId9": png()})
    with pytest.raises(TransitionRefused):
        take(world, plan, data.bytes(), person="police_coordinator")
    take(world, plan, data.bytes())
    assert StoredFile.objects.get().draft_party == world.kommun
    assert Comment.objects.get().own_of == world.kommun


def test_a_picture_is_stored_by_its_content_and_its_figure_keeps_what_it_said(world: World, plan: Annex) -> None:
    body = h("Syfte") + p(picture("rId9", "Karta över torget")) + p("Figur 1. Torget", style="Caption")
    take(world, plan, Docx(body, media={"rId9": png(9, 5)}).bytes())
    file = StoredFile.objects.get()
    assert (file.media_type, file.width, file.height) == ("image/png", 9, 5)
    with default_storage.open(file.path) as stored:
        assert stored.read() == png(9, 5)
    section = plan.sections.get(template_key="purpose")
    assert f'data-alt="Karta över torget" data-asset="{file.sha256}"' in section.body
    assert "<figcaption>Figur 1. Torget</figcaption>" in section.body


def test_a_picture_that_cannot_be_stored_leaves_everything_as_it_was(world: World, plan: Annex) -> None:
    word = read_word(PLAN)
    broken = replace(word, images={"0" * 64: WordImage(b"no picture", "image/png", 1, 1)})
    with pytest.raises(TransitionRefused) as caught:
        take_in(plan, broken, placings_for(plan, word), by=world.coordinator, answers=REPLACES)
    assert caught.value.verdict.code == "not_picture"
    assert not has_text(plan)
    assert not plan.sections.filter(is_left_out=True).exists()


def test_a_file_without_text_is_refused(world: World, plan: Annex) -> None:
    with pytest.raises(TransitionRefused) as caught:
        take(world, plan, docx(p()))
    assert caught.value.verdict.code == "no_text"
    assert not plan.sections.filter(is_left_out=True).exists()


def test_notes_in_headings_and_text_stay_where_they_are(world: World, plan: Annex) -> None:
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"Not nummer {n}")}</w:footnote>' for n in (1, 2))
    data = Docx(p("Syfte", footnote(1), style="Heading1") + p("Text.", footnote(2)), footnotes=notes).bytes()
    take(world, plan, data)
    assert words(exported(plan)) == words_of_file(data)
    assert draft_document(plan)["notes"] == ["<p>Not nummer 1</p>", "<p>Not nummer 2</p>"]


EXTENDED = f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>'
COMMENTED = Docx(
    h("Syfte") + p(r("Vi har "), about(4, r("frågat många")), r(".")) + h("Kanaler") + p("Text."),
    comments=comment(4, "Hur många?", "0A"),
    ties=f'<Relationship Id="ex" Type="{TYPES}commentsExtended" Target="commentsExtended.xml"/>',
    parts={"word/commentsExtended.xml": EXTENDED},
)


def test_a_comment_stands_on_its_section_and_is_nobodys_here(world: World, plan: Annex) -> None:
    taken = take(world, plan, COMMENTED.bytes())
    found = Comment.objects.get()
    assert found.section_id == str(plan.sections.get(template_key="purpose").pk)
    assert (found.quote, found.text, found.before, found.after) == ("frågat många", "Hur många?", "Syfte Vi har ", ".")
    assert (found.written_by, found.author_name) == (None, "Kommentar i Word-filen")
    assert found.written_at.isoformat() == "2026-02-03T10:15:00+00:00"
    assert taken.comments == 1


def test_the_name_of_one_who_commented_is_kept_when_it_may_be(world: World, plan: Annex) -> None:
    take(world, plan, COMMENTED.bytes(), Answers(keeps_authors=True))
    assert Comment.objects.get().author_name == "Kommunpolis"


def test_what_was_resolved_in_word_is_resolved_by_the_one_who_takes_it_in(world: World, plan: Annex) -> None:
    take(world, plan, COMMENTED.bytes())
    found = Comment.objects.get()
    assert found.resolved_by == world.coordinator
    assert found.resolved_at is not None


def test_the_portal_itself_resolves_nothing(plan: Annex) -> None:
    word = read_word(COMMENTED.bytes())
    taken = write_word(plan, word, placings_for(plan, word), by=None, answers=Answers())
    assert Comment.objects.get().resolved_at is None
    assert taken.resolved_comments == 1


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "igår"])
def test_a_comment_with_an_impossible_date_is_from_today(world: World, plan: Annex, date: str) -> None:
    dated = comment(4, "Hur många?").replace("2026-02-03T10:15:00Z", date)
    assert date in dated
    take(world, plan, replace(COMMENTED, comments=dated).bytes())
    assert abs(Comment.objects.get().written_at - timezone.now()) < timedelta(hours=1)


def test_a_comment_is_not_taken_in_twice(world: World, plan: Annex) -> None:
    take(world, plan, COMMENTED.bytes())
    take(world, plan, COMMENTED.bytes())
    assert Comment.objects.count() == 1


THREAD = Docx(
    h("Syfte") + p(r("Vi har "), about(4, r("frågat många")), '<w:r><w:commentReference w:id="5"/></w:r>', r(".")),
    comments=comment(4, "Hur många?", "0A") + comment(5, "Trehundra.", "0B"),
    ties=COMMENTED.ties,
    parts={
        "word/commentsExtended.xml": f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="1"/></w15:commentsEx>'
    },
).bytes()


def test_an_answer_in_word_is_an_answer_here_and_neither_is_taken_in_twice(world: World, plan: Annex) -> None:
    for _time in range(2):
        taken = take(world, plan, THREAD)
        assert (taken.comments, taken.resolved_comments) == (2, 2)
    first, answer = Comment.objects.order_by("pk")
    assert (first.text, first.answer_to, first.resolved_by) == ("Hur många?", None, world.coordinator)
    assert (answer.text, answer.answer_to, answer.quote, answer.resolved_at) == ("Trehundra.", first, "", None)
    assert answer.section_id == first.section_id


def test_a_comment_on_words_with_a_note_finds_them_in_the_text(world: World, plan: Annex) -> None:
    note = f'<w:footnote w:id="1">{p("Enkäten 2025.")}</w:footnote>'
    body = h("Syfte") + p(r("Vi har "), about(4, r("frågat ") + footnote(1) + r("många")), r("."))
    take(world, plan, Docx(body, comments=comment(4, "Hur många?"), footnotes=note).bytes())
    found = comments_in_draft(world.coordinator, plan).by_section
    assert [view.is_lost for views in found.values() for view in views] == [False]


def test_a_file_with_a_picture_that_is_only_partly_there_is_taken_in(world: World, plan: Annex) -> None:
    data = Docx(h("Syfte") + p(picture("rId9", "Karta")), media={"rId9": with_broken_pixels()}).bytes()
    take(world, plan, data)
    assert "<figure " in plan.sections.get(template_key="purpose").body
    assert StoredFile.objects.get().media_type == "image/png"


def test_the_portal_itself_takes_in_without_asking_and_in_nobodys_name(world: World, plan: Annex) -> None:
    word = read_word(PLAN)
    write_word(plan, word, placings_for(plan, word), by=None, answers=Answers())
    section = plan.sections.get(template_key="messages")
    assert section.edited_by is None
    assert section.history.first().history_user is None
    assert words(exported(plan)) == words_of_file(PLAN)


@pytest.mark.parametrize("kind", [AnnexKind.COMMUNICATION_PLAN, AnnexKind.ACTION_PLAN, AnnexKind.SITUATIONAL_PICTURE])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_in_a_file_comes_out_again_word_by_word(world: World, kind: AnnexKind, seed: int) -> None:
    annex = begun(world, kind)
    data = Messy(seed, 14).document().bytes()
    taken = take(world, annex, data)
    assert words(exported(annex)) == words_of_file(data)
    assert taken.is_complete
