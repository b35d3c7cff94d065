"""A section becomes blocks; its notes are lifted out and numbered as a reader meets them."""

from agreements.documents.blocks import section_blocks
from agreements.documents.notes import lift, put_back
from agreements.documents.sanitise import clean_heading, clean_rich_text

ASSET = "ab" * 32


def _note(text: str) -> str:
    return f"<sup data-note='<p>{text}</p>'></sup>"


def test_a_body_is_parted_at_its_tables_and_pictures() -> None:
    figure = f"<figure data-asset={ASSET} data-alt=e></figure>"
    body = clean_rich_text(f"<p>a</p><ul><li>b</ul><table><tr><td>c</table><p>d</p>{figure}")
    blocks, notes = section_blocks("s", 2, "Rubrik", "1.2", body, lang="en", party="Norrviks kommun")
    assert [(block["id"], block["type"]) for block in blocks] == [
        ("s", "heading"),
        ("s-text-1", "rich_text"),
        ("s-table-1", "table"),
        ("s-text-2", "rich_text"),
        ("s-figure-1", "figure"),
    ]
    assert notes == []
    assert {block["lang"] for block in blocks} == {"en"}
    assert {block["party"] for block in blocks} == {"Norrviks kommun"}


def test_an_empty_heading_is_left_out_and_an_empty_body_is_no_block() -> None:
    assert section_blocks("s", 1, "", "", "") == ([], [])


def test_notes_are_numbered_in_reading_order_through_heading_caption_and_cells() -> None:
    heading = clean_heading(f"Rubrik{_note('ett')}")
    body = clean_rich_text(
        f"<p>a{_note('två')}</p><table><caption>b{_note('tre')}</caption>"
        f"<tr><th>c{_note('fyra')}<tr><td>d{_note('fem')}</table>"
        f"<figure data-asset={ASSET} data-alt=e><figcaption>f{_note('sex')}</figcaption></figure>"
    )
    blocks, notes = section_blocks("s", 1, heading, "", body, first_note=4)
    assert notes == [f"<p>{word}</p>" for word in ("ett", "två", "tre", "fyra", "fem", "sex")]
    assert [str(block).count("data-ref") for block in blocks] == [1, 1, 3, 1]
    assert 'data-ref="4"' in str(blocks[0])
    assert 'data-ref="9"' in str(blocks[3])
    assert "data-note" not in str(blocks)


def test_a_note_with_several_paragraphs_and_quotes_comes_out_as_it_was_written() -> None:
    html = clean_rich_text(
        "<p>a<sup data-note='<p>Ett &amp;quot;två&amp;quot; &amp;amp; tre</p><p>fyra</p>'></sup></p>"
    )
    notes: list[str] = []
    lifted = lift(html, notes)
    assert notes == ['<p>Ett "två" &amp; tre</p><p>fyra</p>']
    assert put_back(lifted, notes) == html


def test_a_reference_without_a_note_is_left_out() -> None:
    assert put_back('<p>a<sup data-ref="2"></sup></p>', ["<p>b</p>"]) == "<p>a</p>"
