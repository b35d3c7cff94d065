"""What is taken out is gone from everywhere in the edition, a mark stands there, and the rest is as it was."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.documents.blocks import Document, section_blocks
from agreements.documents.canonical import split_ids
from agreements.documents.html import to_html
from agreements.documents.redaction import Passages, Selection, redacted, units
from agreements.documents.text import to_text
from tests.agreements.documents.documents import DOCUMENTS

MARK = "[Borttaget 29 november 2026: personuppgifter]"
PICTURE = "ab" * 32
BODY = (
    "<p>Mötet leds av <strong>Kim</strong> Provsson<sup data-note=\"&lt;p&gt;Kim Provsson, "
    "&lt;a href=&quot;mailto:kim@example.se&quot;&gt;post&lt;/a&gt;.&lt;/p&gt;\"></sup> varje månad.</p>"
    "<ul><li><p>Annandagen</p></li><li><p>KIM\u00a0PROVSSON ringer</p></li></ul>"
    "<table><caption>Vem</caption><tbody><tr><th scope=\"row\"><p>Kim Provsson</p></th><td><p>12</p></td></tr></tbody>"
    "</table>"
    f"<figure data-alt=\"Kim Provsson vid torget\" data-asset=\"{PICTURE}\" data-source=\"Kommunen\">"
    "<figcaption>Torget<sup data-note=\"&lt;p&gt;Taget 2025.&lt;/p&gt;\"></sup></figcaption></figure>"
    "<p>Sista stycket står kvar.</p>"
)  # fmt: skip


@pytest.fixture
def document() -> Document:
    blocks, notes = section_blocks("s1", 1, "Möten med Kim Provsson", "1", BODY)
    return {
        "format": 1, "kind": "other", "title": "Plan för Kim Provsson", "subtitle": "", "language": "sv", "scope": "",
        "blocks": blocks, "notes": notes, "assets": {PICTURE: {"media_type": "image/png"}},
        "attachments": [{"sha256": "cd" * 32, "name": "Kim Provsson.pdf", "pages": 1}],
    }  # fmt: skip


def key_of(document: Document, text: str) -> str:
    return next(unit.key for unit in units(document) if text in unit.text)


def everything(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False)


def test_exact_words_go_from_everywhere_whatever_case_or_bold_or_space(document: Document) -> None:
    edition = redacted(document, Selection(words=("Kim  Provsson",)), MARK)

    assert "provsson" not in everything(edition).lower()
    assert everything(edition).count(MARK) == 8
    assert "Mötet leds av [Borttaget" in to_text(edition)
    assert "varje månad." in to_text(edition)


def test_words_are_whole_words(document: Document) -> None:
    edition = redacted(document, Selection(words=("Annan", "dagen")), MARK)

    assert edition == document


def test_words_in_an_address_take_the_link_away_and_leave_its_text(document: Document) -> None:
    edition = redacted(document, Selection(words=("kim@example.se",)), MARK)

    assert "kim@" not in everything(edition)
    assert "post" in edition["notes"][0]


def test_a_paragraph_goes_whole_with_the_words_of_its_notes_and_keeps_their_numbers(document: Document) -> None:
    edition = redacted(document, Selection(frozenset({key_of(document, "Mötet leds")})), MARK)

    assert edition["blocks"][1]["html"].startswith(f'<p>{MARK}<sup data-ref="1"></sup></p><ul>')  # type: ignore[typeddict-item]
    assert edition["notes"] == [f"<p>{MARK}</p>", document["notes"][1]]
    assert "KIM\u00a0PROVSSON ringer" in everything(edition)


def test_a_cell_is_removed_without_its_row(document: Document) -> None:
    cell = next(unit.key for unit in units(document) if unit.text == "12")
    text = to_text(redacted(document, Selection(frozenset({cell})), MARK))

    assert f"Kim Provsson | {MARK}" in text


def test_a_picture_goes_with_its_caption_and_note_and_is_no_longer_named(document: Document) -> None:
    figure = next(unit for unit in units(document) if unit.kind == "figure" and unit.asset)
    edition = redacted(document, Selection(frozenset({figure.key})), MARK)

    assert PICTURE not in everything(edition)
    assert edition["assets"] == {}
    assert edition["notes"][1] == f"<p>{MARK}</p>"
    assert "Torget" not in to_text(edition)


def test_the_edition_is_a_document_with_the_same_ids_that_is_shown_like_any(document: Document) -> None:
    everyone = frozenset(unit.key for unit in units(document))
    edition = redacted(document, Selection(everyone, ("Plan",)), MARK)

    assert split_ids(edition)[1] == split_ids(document)[1]
    html = to_html(edition, asset_url=str)
    assert "Kim" not in html
    assert html.count(MARK) >= len(edition["blocks"])


def test_the_same_gives_the_same_and_nothing_chosen_changes_nothing(document: Document) -> None:
    selection = Selection(frozenset({key_of(document, "Sista")}), ("Kim Provsson",))

    assert redacted(document, selection, MARK) == redacted(document, Selection.of_json(selection.as_json()), MARK)
    assert redacted(document, Selection(), MARK) == document


def test_passages_are_found_and_taken_out_in_the_working_text_too(document: Document) -> None:
    chosen = frozenset({key_of(document, "Sista"), next(u.key for u in units(document) if u.asset)})
    gone = Passages.of(document, Selection(chosen, ("Kim Provsson",)))
    left = gone.out_of_html(BODY, MARK)

    assert "provsson" not in left.lower()
    assert "Sista stycket" not in left
    assert PICTURE not in left
    assert "<p>12</p>" in left
    assert gone.out_of_html("<p>Annat.</p>", MARK) == "<p>Annat.</p>"
    assert gone.out_of_plain("Kim Provsson kom\nSista stycket står kvar.", MARK) == f"{MARK} kom\n{MARK}"


def test_a_short_paragraph_is_not_looked_for_elsewhere(document: Document) -> None:
    cell = next(unit.key for unit in units(document) if unit.text == "12")

    assert Passages.of(document, Selection(frozenset({cell}))).paragraphs == frozenset()


@pytest.mark.parametrize(
    ("quote", "touched"),
    [
        ("stycket står kv", True),
        ("Sista stycket står", True),
        ("stycket", True),
        ("Något annat helt", False),
        ("", False),
    ],
)
def test_a_quotation_cut_off_in_a_passage_is_known(document: Document, quote: str, touched: bool) -> None:
    gone = Passages.of(document, Selection(frozenset({key_of(document, "Sista")})))

    assert gone.touches(quote) is touched


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.data())
def test_whatever_is_chosen_of_whatever_text_no_word_of_it_is_left_and_the_rest_is(
    text: Document, data: st.DataObject
) -> None:
    found = units(text)
    chosen = data.draw(st.sets(st.sampled_from([unit.key for unit in found]))) if found else set()
    edition = redacted(text, Selection(frozenset(chosen)), MARK)
    after = {unit.key: unit.text for unit in units(edition)}

    assert split_ids(edition)[1] == split_ids(text)[1]
    assert len(edition["notes"]) == len(text["notes"])
    for unit in found:
        if unit.key in chosen and "." in unit.key:
            assert after.get(unit.key, MARK) == MARK
    untouched = [unit for unit in found if not chosen & {unit.key, unit.key.split(".")[0]} and unit.kind != "note"]
    assert [after[unit.key] for unit in untouched] == [unit.text for unit in untouched]
