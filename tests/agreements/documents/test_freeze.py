"""Freezing: the same content is the same document, whoever wrote it and under whatever ids."""

import unicodedata
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.documents.canonical import content_hash
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_rich_text
from tests.agreements.documents.documents import Draft, drafts, frozen
from tests.agreements.documents.examples import ASSET, FACTS, typed_blocks

NUMBERED = {
    "all": ([(1, True), (2, True), (2, True), (3, True), (1, True), (2, True)], "1 1.1 1.2 1.2.1 2 2.1"),
    "none": ([(1, False), (2, False)], "- -"),
    "one in the middle is not": ([(1, True), (1, False), (1, True)], "1 - 2"),
    "below one that is not": ([(1, False), (2, True), (2, True), (1, True), (2, True)], "- 1 2 1 1.1"),
    "counted anew under another": ([(1, True), (2, True), (1, False), (2, True)], "1 1.1 - 1"),
    "a level left out": ([(1, True), (3, True), (3, True), (2, True)], "1 1.1 1.2 1.1"),
}


@pytest.mark.parametrize(("flags", "expected"), NUMBERED.values(), ids=NUMBERED.keys())
def test_headings_are_numbered_by_their_place_among_numbered_siblings(
    flags: list[tuple[int, bool]], expected: str
) -> None:
    sections = [FrozenSection(f"s{n}", level, "A", is_numbered=is_) for n, (level, is_) in enumerate(flags)]
    blocks = freeze_sections(FACTS, sections)["blocks"]
    assert " ".join(block["number"] or "-" for block in blocks if block["type"] == "heading") == expected


def test_a_section_without_a_heading_takes_no_number() -> None:
    sections = [
        FrozenSection("a", 1, "A", is_numbered=True),
        FrozenSection("b", 1, "", is_numbered=True, body="<p>b</p>"),
        FrozenSection("c", 1, "C", is_numbered=True),
    ]
    blocks = freeze_sections(FACTS, sections)["blocks"]
    assert [block["number"] for block in blocks if block["type"] == "heading"] == ["1", "2"]


def test_notes_are_numbered_through_sections_and_typed_rows() -> None:
    note = "<sup data-note='{}'></sup>"
    typed = typed_blocks()
    typed[0]["rows"][0]["label"] += clean_heading(note.format("c"))
    sections = [
        FrozenSection("a", 1, clean_heading("A" + note.format("a")), body=clean_rich_text("b" + note.format("b"))),
        FrozenSection("c", 1, "C", blocks=typed),
        FrozenSection("d", 1, "D", body=clean_rich_text("d" + note.format("d"))),
    ]
    document = freeze_sections(FACTS, sections)
    assert document["notes"] == ["<p>a</p>", "<p>b</p>", "<p>c</p>", "<p>d</p>"]
    assert str(document["blocks"]).count("data-ref") == 4
    assert "data-note" not in str(document)


def test_the_kinds_own_blocks_are_not_changed() -> None:
    typed = typed_blocks()
    typed[1]["items"][0]["html"] += clean_heading("<sup data-note='a'></sup>")
    before = str(typed)
    freeze_sections(FACTS, [FrozenSection("a", 1, "A", blocks=typed)])
    assert str(typed) == before


def test_only_pictures_that_are_shown_are_listed() -> None:
    facts = replace(FACTS, assets={**FACTS.assets, "cd" * 32: {"media_type": "image/jpeg"}})
    body = clean_rich_text(f"<figure data-asset={ASSET} data-alt=a></figure>")
    assert list(freeze_sections(facts, [FrozenSection("a", 1, "A", body=body)])["assets"]) == [ASSET]


def test_a_picture_that_is_not_there_is_told() -> None:
    body = clean_rich_text(f"<figure data-asset={'cd' * 32} data-alt=a></figure>")
    with pytest.raises(KeyError):
        freeze_sections(FACTS, [FrozenSection("a", 1, "A", body=body)])


def _with_other_ids(draft: Draft) -> Draft:
    prefix = str(uuid4())
    return replace(draft, id=prefix, blocks=[{**block, "id": f"{prefix}-b"} for block in draft.blocks])


@given(st.lists(drafts("s"), max_size=3))
@settings(max_examples=60, deadline=None)
def test_the_same_content_has_the_same_hash(parts: list[Draft]) -> None:
    parts = [replace(draft, id=f"s{number}") for number, draft in enumerate(parts)]
    again = [_with_other_ids(draft) for draft in parts]
    assert content_hash(frozen(again)) == content_hash(frozen(parts))


@given(st.lists(drafts("s"), max_size=3))
@settings(max_examples=60, deadline=None)
def test_the_same_letters_have_the_same_hash_however_they_were_typed(parts: list[Draft]) -> None:
    decomposed = [
        replace(
            draft,
            heading=unicodedata.normalize("NFD", draft.heading),
            parts=tuple(unicodedata.normalize("NFD", part) for part in draft.parts),
        )
        for draft in parts
    ]
    assert content_hash(frozen(decomposed)) == content_hash(frozen(parts))


@pytest.mark.parametrize(
    "other",
    [
        AnnexFacts("other", "Titel"),
        AnnexFacts("action_plan", "Titeln"),
        AnnexFacts("action_plan", "Titel", subtitle="Norrvik"),
        AnnexFacts("action_plan", "Titel", language="en"),
        AnnexFacts("action_plan", "Titel", scope="Norrviks stadsdel"),
    ],
)
def test_what_a_document_says_of_itself_is_content(other: AnnexFacts) -> None:
    one = freeze_sections(AnnexFacts("action_plan", "Titel"), [])
    assert content_hash(freeze_sections(other, [])) != content_hash(one)
