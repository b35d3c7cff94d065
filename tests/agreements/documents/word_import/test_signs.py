"""Signs inside words and lines: spaces, hyphens, breaks, symbols, hidden text, looks."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.signs import UNREADABLE, readable, sign
from tests.agreements.documents.word_import.docx import STYLES, Docx, docx, p, r, style


def body(*content: str, styles: str = STYLES) -> str:
    """The body of the only part."""
    (part,) = read_word(Docx("".join(content), styles=styles).bytes()).parts
    return part.body


def inside(xml: str) -> str:
    """The body of a paragraph with one run that holds this XML between two words."""
    return body(p(f"<w:r><w:t>a</w:t>{xml}<w:t>b</w:t></w:r>"))


@pytest.mark.parametrize(
    ("xml", "html"),
    [
        ("<w:t>\u00a0</w:t>", "<p>a\u00a0b</p>"),
        ("<w:noBreakHyphen/>", "<p>a\u2011b</p>"),
        ("<w:softHyphen/>", "<p>ab</p>"),
        ("<w:t>\u00ad</w:t>", "<p>ab</p>"),
        ("<w:tab/>", "<p>a b</p>"),
        ("<w:ptab/>", "<p>a b</p>"),
        ("<w:br/>", "<p>a<br>b</p>"),
        ("<w:cr/>", "<p>a<br>b</p>"),
        ('<w:br w:type="page"/>', "<p>a<br>b</p>"),
        ("<w:lastRenderedPageBreak/>", "<p>ab</p>"),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "<p>a→b</p>"),
        ('<w:sym w:font="Arial" w:char="00E5"/>', "<p>aåb</p>"),
    ],
)
def test_what_stands_between_two_letters(xml: str, html: str) -> None:
    assert inside(xml) == html


def test_a_page_break_alone_is_nothing() -> None:
    assert body(p("a"), p('<w:r><w:br w:type="page"/></w:r>'), p('<w:r><w:br w:type="page"/></w:r>', r("b"))) == (
        "<p>a</p><p>b</p>"
    )


def test_a_break_in_a_heading_is_a_space() -> None:
    text = read_word(docx(p(r("Mål", xml="<w:br/>"), r("och syfte"), style="Heading1"), p("Text.")))
    assert text.parts[0].heading == "Mål och syfte"


def test_signs_that_cannot_be_read_are_reported() -> None:
    text = read_word(docx(p(r("Ett "), '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', r(" tecken"))))
    assert text.parts[0].body == "<p>Ett tecken</p>"
    assert text.report.count("unknown_sign") == 1


def test_words_in_a_symbol_font_stay_words() -> None:
    assert readable("alfa", "Symbol") == "alfa"
    assert readable("a", "Symbol") == "α"
    assert readable("a", "Arial") == "a"
    assert sign(0xF021, "Webdings") == UNREADABLE


def test_hidden_text_is_left_out_and_named() -> None:
    text = read_word(docx(p(r("Synligt. "), r("Dolt.", "<w:vanish/>"), r("Mer.", '<w:vanish w:val="0"/>'))))
    assert text.parts[0].body == "<p>Synligt. Mer.</p>"
    assert [line.place for line in text.report.lines if line.what == "hidden_text"] == ["Dolt."]


def test_text_may_be_hidden_by_its_style() -> None:
    styles = STYLES + style("Dold", "Dold", "<w:rPr><w:vanish/></w:rPr>")
    styles += style("Dolt", "Dolt", "<w:rPr><w:vanish/></w:rPr>", "character")
    assert body(p("Syns."), p("Syns inte.", style="Dold"), styles=styles) == "<p>Syns.</p>"
    assert body(p(r("a "), r("b ", '<w:rStyle w:val="Dolt"/>'), r("c")), styles=styles) == "<p>a c</p>"


@pytest.mark.parametrize(
    "look", ["<w:caps/>", "<w:smallCaps/>", "<w:rtl/>", "<w:webHidden/>", '<w:color w:val="FFFFFF"/>']
)
def test_looks_that_change_nothing(look: str) -> None:
    assert body(p(r("Bakgrund och syfte.", look))) == "<p>Bakgrund och syfte.</p>"


# Raised and lowered

UP, DOWN, LINE = (f'<w:vertAlign w:val="{where}"/>' for where in ("superscript", "subscript", "baseline"))


@pytest.mark.parametrize(
    ("before", "raised", "look", "html"),
    [
        ("100 m", "2", UP, "100 m²"),
        ("5 m", "3", UP, "5 m³"),
        ("10", "-6", UP, "10⁻⁶"),
        ("10", "−6", UP, "10⁻⁶"),
        ("x", "(1+0)", UP, "x⁽¹⁺⁰⁾"),
        ("område", "1, 2", UP, "område¹, ²"),
        ("CO", "2", DOWN, "CO₂"),
        ("a", "10=1", DOWN, "a₁₀₌₁"),
        ("100 m", "2", LINE, "100 m2"),
        ("Acme", "®", UP, "Acme®"),
        ("text", "*", UP, "text*"),
    ],
)
def test_raised_and_lowered_digits_and_signs_are_the_ones_that_unicode_has(
    before: str, raised: str, look: str, html: str
) -> None:
    text = read_word(docx(p(r("Ytan är "), r(before), r(raised, look), r("."))))
    assert text.parts[0].body == f"<p>Ytan är {html}.</p>"
    assert text.report.count("raised") == 0


@pytest.mark.parametrize(("raised", "look"), [("st", UP), ("2n", UP), ("n", DOWN), ("½", UP)])
def test_raised_letters_stay_on_the_line_whole_and_are_reported(raised: str, look: str) -> None:
    text = read_word(docx(p(r("Detta är x"), r(raised, look), r(" här."))))
    assert text.parts[0].body == f"<p>Detta är x{raised} här.</p>"
    assert [line.place for line in text.report.lines if line.what == "raised"] == [f"Detta är x{raised}"]


def test_a_minus_that_does_not_break_is_raised_too_and_the_line_goes_on_after_it() -> None:
    run = f"<w:r><w:rPr>{UP}</w:rPr><w:noBreakHyphen/><w:t>1</w:t></w:r>"
    assert body(p(r("s"), run, r("1 gång"))) == "<p>s⁻¹1 gång</p>"


def test_text_may_be_raised_by_its_style_and_put_back_on_the_line() -> None:
    styles = STYLES + style("Upp", "Upphöjd", f"<w:rPr>{UP}</w:rPr>", "character")
    named = '<w:rStyle w:val="Upp"/>'
    assert body(p(r("m"), r("2", named), r(" och m"), r("2", named + LINE)), styles=styles) == "<p>m² och m2</p>"


def test_hidden_raised_text_is_told_of_once() -> None:
    text = read_word(docx(p(r("Synligt."), r("st", UP + "<w:vanish/>"))))
    assert {line.what for line in text.report.lines} == {"words", "hidden_text"}


def test_bold_and_italic_are_joined_over_runs() -> None:
    runs = [r("mycket ", "<w:b/>"), r("viktig", "<w:b/><w:bCs/>"), r(" text "), r("här", "<w:i/>"), r(".")]
    assert body(p("En ", *runs)) == "<p>En <strong>mycket viktig</strong> text <em>här</em>.</p>"


def test_bold_twice_is_not_bold() -> None:
    styles = STYLES + style("Fet", "Fet", "<w:rPr><w:b/></w:rPr>")
    styles += style("Stark", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
    assert (
        body(p(r("Rak "), r("text.", '<w:rStyle w:val="Stark"/>')), styles=styles)
        == "<p>Rak <strong>text.</strong></p>"
    )
    html = body(p(r("Fet men ", ""), r("rak.", '<w:rStyle w:val="Stark"/>'), style="Fet"), styles=styles)
    assert html == "<p><strong>Fet men</strong> rak.</p>"
    assert body(p(r("Rak nu.", '<w:b w:val="0"/>'), style="Fet"), styles=styles) == "<p>Rak nu.</p>"


def test_quotations_in_a_row_are_one() -> None:
    html = body(p("Ett.", style="Quote"), p("Två.", style="Citat"), p("Tre."))
    assert html == "<blockquote><p>Ett.</p><p>Två.</p></blockquote><p>Tre.</p>"


def test_letters_are_composed() -> None:
    assert body(p("O\u0308stra a\u030a")) == "<p>Östra å</p>"


def test_spaces_at_the_ends_and_many_in_a_row_are_one() -> None:
    assert body(p(r("  Två  "), r("  ord  "))) == "<p>Två ord</p>"


def test_empty_paragraphs_are_nothing() -> None:
    assert body(p(""), p("a"), p(r(" ")), p("b")) == "<p>a</p><p>b</p>"


# Languages


def test_passages_in_another_language_are_marked() -> None:
    english = r("hot spots", '<w:lang w:val="en-GB"/>')
    assert body(p("Så kallade ", english, " i området.")) == (
        '<p>Så kallade <span lang="en-GB">hot spots</span> i området.</p>'
    )


def test_a_language_on_half_a_word_marks_nothing() -> None:
    assert body(p(r("sam"), r("verk", '<w:lang w:val="en-US"/>'), r("an"))) == "<p>samverkan</p>"


def test_signs_and_numbers_have_no_language() -> None:
    assert body(p("Cirka ", r("4,5 %", '<w:lang w:val="en-US"/>'), " fler brott.")) == "<p>Cirka 4,5 % fler brott.</p>"


def test_a_text_marked_as_english_from_end_to_end_is_not_marked_again() -> None:
    assert body(p(r("En svensk text.", '<w:lang w:val="en-US"/>')), p(r("Mer.", '<w:lang w:val="en-US"/>'))) == (
        "<p>En svensk text.</p><p>Mer.</p>"
    )


@pytest.mark.parametrize("code", ["110000", "FFFFFFFFFF", "-5", "D800", "1", "FFFE"])
def test_a_code_that_is_no_letter_is_reported(code: str) -> None:
    text = read_word(docx(p(r("före "), f'<w:r><w:sym w:font="Okänd" w:char="{code}"/></w:r>', r("efter"))))
    assert text.parts[0].body == "<p>före efter</p>"
    assert text.report.count("unknown_sign") == 1


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("R", "Wingdings 2", "☑"),
        ("£", "Wingdings 2", "□"),
        ("þ", "Wingdings", "☑"),
        ("¨ þ", "Wingdings", "◻ ☑"),
        ("g", "Wingdings 3", "→"),
        ("a", "Webdings", "✔"),
        ("–", "Symbol", "–"),
        ("Ja", "Wingdings", "Ja"),
    ],
)
def test_signs_of_symbol_fonts_are_those_that_people_see(text: str, font: str, shown: str) -> None:
    run = r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')
    assert body(p(r("Torget "), run)) == f"<p>Torget {shown}</p>"


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="0"/><w:dstrike/>'])
def test_struck_words_come_in_and_are_named_together(look: str) -> None:
    runs = [r("två ", look), r("gånger ", look), r("tre gånger "), r("per månad ", look), r("per år.")]
    text = read_word(docx(p(r("Möten hålls "), *runs)))
    assert text.parts[0].body == "<p>Möten hålls två gånger tre gånger per månad per år.</p>"
    assert [line.place for line in text.report.lines if line.what == "struck"] == ["två gånger … per månad"]


def test_what_is_not_struck_after_all_is_not_named() -> None:
    text = read_word(docx(p(r("Rak text.", '<w:strike w:val="0"/>'), r("Dold.", "<w:strike/><w:vanish/>"))))
    assert text.report.count("struck") == 0


def test_a_note_on_struck_words_is_not_named_with_them() -> None:
    note = f'<w:footnote w:id="2">{p("Noten.")}</w:footnote>'
    struck = '<w:r><w:rPr><w:strike/></w:rPr><w:t>gammalt</w:t><w:footnoteReference w:id="2"/></w:r>'
    text = read_word(Docx(p(struck, r(" nytt")), footnotes=note).bytes())
    assert [line.place for line in text.report.lines if line.what == "struck"] == ["gammalt"]


@pytest.mark.parametrize(
    ("look", "html"),
    [
        ('<w:position w:val="8"/><w:sz w:val="14"/>', "x²"),
        ('<w:position w:val="-4"/><w:sz w:val="14"/>', "x₂"),
        ('<w:position w:val="8"/>', "x2"),  # of the same size it is only moved
        ('<w:position w:val="0"/><w:sz w:val="14"/>', "x2"),
        ('<w:position w:val="8"/><w:sz w:val="14"/><w:vertAlign w:val="baseline"/>', "x2"),
    ],
)
def test_small_text_that_is_lifted_is_raised(look: str, html: str) -> None:
    assert body(p(r("Ytan är x"), r("2", look), r("."))) == f"<p>Ytan är {html}.</p>"
