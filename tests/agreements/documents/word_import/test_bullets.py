"""Bullets typed as text become real lists; dashes, letters and stars that are text stay text."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import docx, indented, item, p, r, tbl, tr

TWO = "<ul><li><p>Skolor</p></li><li><p>Föreningar</p></li></ul>"
BREAK = "<w:r><w:br/></w:r>"


def body(*content: str) -> str:
    """The body of the only part."""
    (part,) = read_word(docx(*content)).parts
    return part.body


@pytest.mark.parametrize(
    "sign", ["•", "·", "-", "–", "—", "*", "o", "▪", "◦", "➢", "✓", "→", ">", "\uf0b7", "\uf0a7", "\uf0e9"]
)
@pytest.mark.parametrize("space", ["\t", "\u00a0", "  ", " "])
def test_signs_and_what_stands_after_them(sign: str, space: str) -> None:
    assert body(p(f"{sign}{space}Skolor"), p(f"{sign}{space}Föreningar")) == TWO


def test_a_sign_may_be_a_run_of_its_own_in_a_symbol_font() -> None:
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    tab = "<w:r><w:tab/></w:r>"
    assert body(p(symbol, tab, r("Skolor")), p(symbol, tab, r("Föreningar"))) == TWO
    wingdings = r("§", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')
    assert body(p(wingdings, tab, r("Skolor")), p(wingdings, tab, r("Föreningar"))) == TWO


def test_a_sign_may_stand_alone_without_a_space() -> None:
    assert body(p("•Skolor")) == "<ul><li><p>Skolor</p></li></ul>"


@pytest.mark.parametrize(
    "line",
    ["– Det känns tryggare nu, säger en boende.", "-5 grader", "* Uppgift från kommunen", "o lika mycket", "• ", "–"],
)
def test_single_lines_that_may_be_text_stay_text(line: str) -> None:
    assert body(p(line)) == f"<p>{line.strip()}</p>"


def test_a_dash_after_a_colon_or_with_a_tab_is_a_bullet() -> None:
    assert body(p("Glöm inte att:"), p("– förankra")) == "<p>Glöm inte att:</p><ul><li><p>förankra</p></li></ul>"
    assert body(p("–\tförankra")) == "<ul><li><p>förankra</p></li></ul>"


@pytest.mark.parametrize("sign", ["→", ">"])
def test_an_arrow_is_a_bullet_only_beside_another_one_with_a_space_after_it(sign: str) -> None:
    assert body(p("Mål:"), p(f"{sign} Skolor"), p(f"{sign} Föreningar"), p("Slut.")) == f"<p>Mål:</p>{TWO}<p>Slut.</p>"
    apart = body(p(f"{sign} Skolor"), p("Mellan."), p(f"{sign} Föreningar"))
    shown = sign.replace(">", "&gt;")
    assert apart == f"<p>{shown} Skolor</p><p>Mellan.</p><p>{shown} Föreningar</p>"
    assert "<li>" not in body(p(f"{sign}Skolor"), p(f"{sign}Föreningar"))
    assert "<li>" not in body(p("Mål:"), p(f"{sign}\tSkolor"), p("Slut."))
    assert "<li>" not in body(p("> 5 år"), p("> 10 år"))
    assert body(p("• Skolor"), p(f"{sign} Föreningar")) == f"<ul><li><p>Skolor</p></li></ul><p>{shown} Föreningar</p>"


def test_items_nest_by_how_far_they_are_set_in() -> None:
    content = [
        indented("• a", left=360),
        indented("o\tb", left=1080),
        indented("▪ c", left=1800),
        indented("• d", left=360),
    ]
    assert body(*content) == (
        "<ul><li><p>a</p><ul><li><p>b</p><ul><li><p>c</p></li></ul></li></ul></li><li><p>d</p></li></ul>"
    )
    assert (
        body(p("- a"), p("\t- b"), p("- c")) == "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"
    )
    hanging = [indented("•\ta", left=720, hanging=360), indented("•\tb", left=740, hanging=360)]
    assert body(*hanging) == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"


def test_a_dash_below_a_bullet_is_an_item_below_it() -> None:
    html = body(indented("• a", left=0), indented("– b", left=720), indented("• c", left=0))
    assert html == "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"


def test_lines_of_one_paragraph_are_items() -> None:
    content = p(r("Målgrupper:"), BREAK, r("- Skolor"), BREAK, r("- Föreningar"))
    assert body(content) == "<p>Målgrupper:</p>" + TWO
    more = p(r("• Skolor"), BREAK, r("i området"), BREAK, r("• Föreningar"))
    assert body(more) == "<ul><li><p>Skolor<br>i området</p></li><li><p>Föreningar</p></li></ul>"


def test_lines_without_bullets_stay_one_paragraph() -> None:
    address = p(r("Handläggare"), BREAK, r("Telefon: 08-465 004 05"))
    assert body(address) == "<p>Handläggare<br>Telefon: 08-465 004 05</p>"


def test_a_typed_sign_in_a_real_bulleted_list_is_not_shown_twice() -> None:
    assert body(item("• Skolor"), item("• Föreningar")) == TWO


def test_typed_and_real_items_beside_each_other_are_one_list() -> None:
    assert body(item("Skolor"), p("• Föreningar")) == TWO


def test_bullets_in_cells_are_lists_in_cells() -> None:
    cell = "<w:tc><w:tcPr/>" + p("- Skolor") + p("- Föreningar") + "</w:tc>"
    assert f"<td>{TWO}</td>" in body(tbl(tr(cell, "b"), tr("c", "d")))


def test_bold_items_are_no_headings() -> None:
    html = body(p(r("• Skolor", "<w:b/>")), p("Text under."))
    assert html == "<ul><li><p><strong>Skolor</strong></p></li></ul><p>Text under.</p>"


def test_the_report_counts_bullets_that_were_typed() -> None:
    assert read_word(docx(p("• Skolor"), p("• Föreningar"))).report.count("typed_bullets") == 2
