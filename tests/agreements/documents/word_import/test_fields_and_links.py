"""Fields show their result and hide their instruction; links keep their address; tables of contents are left out."""

from __future__ import annotations

import pytest

from agreements.documents.word_import.fields import link_target
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import TYPES, Docx, docx, field_, link_tie, p, r, sdt, style

LINK = '<w:hyperlink r:id="rId7">{}</w:hyperlink>'


def body(*content: str, target: str = "https://example.se/") -> str:
    """The body of the only part, in a file where rId7 is a link."""
    (part,) = read_word(Docx("".join(content), ties=link_tie("rId7", target)).bytes()).parts
    return part.body


def test_a_link_keeps_its_words_and_address() -> None:
    assert body(p(LINK.format(r("Läs ") + r("mer")))) == '<p><a href="https://example.se/">Läs mer</a></p>'


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("mailto:kommunpolis@example.se", "mailto:kommunpolis@example.se"),
        ("tel:08-465%20004%2001", "tel:08-465%20004%2001"),
        ("www.example.se", "https://www.example.se"),
    ],
)
def test_addresses_that_can_be_followed(target: str, href: str) -> None:
    assert body(p(LINK.format(r("här"))), target=target) == f'<p><a href="{href}">här</a></p>'


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///C:/hemligt.docx", "ftp://example.se/"])
def test_addresses_that_cannot_be_followed_leave_the_words(target: str) -> None:
    text = read_word(Docx(p(LINK.format(r("här"))), ties=link_tie("rId7", target)).bytes())
    assert text.parts[0].body == "<p>här</p>"
    assert [line.place for line in text.report.lines if line.what == "dropped_link"] == ["här"]


def test_links_within_the_document_are_words() -> None:
    text = read_word(docx(p('<w:hyperlink w:anchor="_Toc1">' + r("avsnitt 2") + "</w:hyperlink>")))
    assert text.parts[0].body == "<p>avsnitt 2</p>"
    assert text.report.count("inner_links") == 1


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        (' HYPERLINK "https://example.se/a" ', "https://example.se/a"),
        (' HYPERLINK "https://example.se/a" \\l "del" \\o "tips" ', "https://example.se/a#del"),
        (' HYPERLINK \\l "_Toc1" ', ""),
        (" HYPERLINK https://example.se/b ", "https://example.se/b"),
        (' HYPERLINK \\t "_blank" "https://example.se/c"', "https://example.se/c"),
    ],
)
def test_the_target_of_a_link_field(instruction: str, target: str) -> None:
    assert link_target(instruction) == target


def test_link_fields_are_links() -> None:
    link = field_(' HYPERLINK "https://example.se/" ', r("här"))
    assert body(p(r("Läs "), link, r("."))) == '<p>Läs <a href="https://example.se/">här</a>.</p>'
    one_run = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "https://example.se/" </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>här</w:t><w:fldChar w:fldCharType="end"/><w:t>.</w:t></w:r>'
    )
    assert body(p(one_run)) == '<p><a href="https://example.se/">här</a>.</p>'


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    text = read_word(docx(p(r("Se sidan "), field_(" PAGEREF _Toc1 \\h ", r("7")), r("."))))
    assert text.parts[0].body == "<p>Se sidan 7.</p>"
    assert text.report.count("fields") == 1


def test_of_fields_inside_each_other_the_results_are_kept() -> None:
    inner = field_(" MERGEFIELD kommun ", r("Norrvik"))
    in_result = field_(" REF a ", r("i ") + inner)
    assert body(p(r("Samverkan "), in_result, r(" pågår."))) == "<p>Samverkan i Norrvik pågår.</p>"
    in_instruction = field_(f' IF </w:instrText></w:r>{inner}<w:r><w:instrText> = "Norrvik" ', r("ja"))
    assert body(p(r("Svar: "), in_instruction)) == "<p>Svar: ja</p>"


def test_simple_fields_leave_their_text_or_their_link() -> None:
    assert body(p(r("Figur "), '<w:fldSimple w:instr=" SEQ Figur ">' + r("1") + "</w:fldSimple>")) == "<p>Figur 1</p>"
    link = "<w:fldSimple w:instr=' HYPERLINK \"https://example.se/\" '>" + r("här") + "</w:fldSimple>"
    assert body(p(link)) == '<p><a href="https://example.se/">här</a></p>'


def test_a_field_may_go_on_through_paragraphs() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert (
        body(p(start, r("ett")), p(r("två"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')) == "<p>ett</p><p>två</p>"
    )


@pytest.mark.parametrize("kinds", [["begin"], ["begin", "separate"], ["separate"], ["end"], ["begin", "begin", "end"]])
def test_broken_fields_swallow_nothing(kinds: list[str]) -> None:
    marks = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    assert body(p(r("Före "), marks, r("mitten")), p("efter")) == "<p>Före mitten</p><p>efter</p>"


def test_check_boxes_and_symbols_of_old_forms() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
    box += "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    box += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert body(p(box.format(1), r(" Ja "), box.format(0), r(" Nej"))) == "<p>☒ Ja ☐ Nej</p>"
    symbol = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SYMBOL 176 \\f "Symbol" </w:instrText></w:r>'
    )
    assert body(p(r("20 "), symbol + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("C"))) == "<p>20 °C</p>"


# Tables of contents


def contents() -> str:
    """A table of contents over three paragraphs, with links and page numbers inside."""
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    entry = '<w:hyperlink w:anchor="_Toc1">' + r("Bakgrund") + field_(" PAGEREF _Toc1 ", r("3")) + "</w:hyperlink>"
    return p(start, entry, style="TOC1") + p(entry, style="TOC1") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def assert_left_out(text: WordText) -> None:
    """Assert that nothing of the contents came in, that the rest did, and that the report says so."""
    assert [(part.heading, part.body) for part in text.parts] == [("Bakgrund", "<p>Text.</p>")]
    assert text.report.count("contents") >= 1
    assert (text.report.count("inner_links"), text.report.count("fields")) == (0, 0)


def test_a_table_of_contents_is_left_out_and_named() -> None:
    rest = p("Bakgrund", style="Heading1") + p("Text.")
    assert_left_out(read_word(docx(contents(), rest)))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    assert_left_out(read_word(docx(sdt(p("Innehåll") + contents(), gallery), rest)))


def test_contents_typed_in_the_style_of_contents_are_left_out_where_they_have_a_page() -> None:
    styles = style("TOC1", "toc 1") + style("TOCHeading", "TOC Heading")
    body_ = p("Innehåll", style="TOCHeading") + p("Bakgrund\t3", style="TOC1") + p("Rubrik1", style="Heading1")
    text = read_word(Docx(body_.replace("Rubrik1", "Bakgrund") + p("Text."), styles=styles).bytes())
    assert_left_out(text)
    kept = read_word(Docx(p("En vanlig text i fel stil.", style="TOC1"), styles=styles).bytes())
    assert kept.parts[0].body == "<p>En vanlig text i fel stil.</p>"


def marks(*inside: str) -> str:
    """A field without a result: it begins, holds ``inside``, and ends."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + "".join(inside) + end


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


@pytest.mark.parametrize(
    ("choice", "shown"),
    [('<w:result w:val="1"/>', "Nej"), ('<w:default w:val="1"/>', "Nej"), ("", "Ja"), ('<w:result w:val="9"/>', "")],
)
def test_a_drop_down_list_shows_what_was_chosen(choice: str, shown: str) -> None:
    entries = '<w:listEntry w:val="Ja"/><w:listEntry w:val="Nej"/>'
    options = f"<w:ffData><w:ddList>{choice}{entries}</w:ddList></w:ffData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{options}</w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert body(p(r("Svar: "), begin, instruction(" FORMDROPDOWN "), end, r("!"))) == f"<p>Svar: {shown}!</p>"


def test_a_button_shows_its_text() -> None:
    button = marks(instruction(" MACROBUTTON NoMacro [Skriv namn] "))
    assert body(p(r("Namn: "), button)) == "<p>Namn: [Skriv namn]</p>"


def test_the_text_of_an_old_equation_comes_in_with_a_line_in_the_report() -> None:
    text = read_word(docx(p(r("Kvoten "), marks(instruction(r" EQ \f(anmälda;klara) ")))))
    assert text.parts[0].body == "<p>Kvoten anmälda klara</p>"
    assert [line.place for line in text.report.lines if line.what == "equation"] == ["anmälda klara"]


@pytest.mark.parametrize("code", ["99999999", "-7", "55296", "1"])
def test_a_sign_that_does_not_exist_is_no_letter(code: str) -> None:
    assert body(p(marks(instruction(f" SYMBOL {code} ")), r("kvar"))) in (
        "<p>kvar</p>",
        "<ul><li><p>kvar</p></li></ul>",
    )


CONTENTS_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    + instruction(" TOC ")
    + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
CONTENTS_FRAME = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


def test_a_table_of_contents_that_ends_too_late_swallows_no_text() -> None:
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    data = docx(p(CONTENTS_BEGIN, r("Mål 1")), p("Mål", style="Heading1"), p("Trygga gator."), p("Lugn.", end))
    (part,) = read_word(data).parts
    assert (part.heading, part.body) == ("Mål", "<p>Trygga gator.</p><p>Lugn.</p>")


def test_text_that_was_written_in_the_frame_of_the_contents_comes_in() -> None:
    contents = p("Innehåll", style="Heading1") + p(field_(" TOC ", r("Mål 1")))
    data = docx(sdt(contents + p("Mål", style="Heading1") + p("Trygga gator."), CONTENTS_FRAME), p("Lugn."))
    text = read_word(data)
    assert [(part.heading, part.body) for part in text.parts] == [("Mål", "<p>Trygga gator.</p><p>Lugn.</p>")]
    assert [line.place for line in text.report.lines if line.what == "contents"] == ["Innehåll Mål 1"]


def shown(begin: str, instructed: str, result: str) -> str:
    """A field as other programs write what Word shows by itself: with a place for its result."""
    marks_ = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end")}
    start = f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r>'
    return start + instruction(instructed) + marks_["separate"] + result + marks_["end"]


DROP_DOWN = '<w:ffData><w:ddList><w:listEntry w:val="Ja"/><w:listEntry w:val="Nej"/></w:ddList></w:ffData>'


@pytest.mark.parametrize("result", ["", r("Ja")])
def test_what_a_drop_down_list_shows_is_said_once(result: str) -> None:
    assert body(p(r("Svar: "), shown(DROP_DOWN, " FORMDROPDOWN ", result), r("!"))) == "<p>Svar: Ja!</p>"


@pytest.mark.parametrize(
    ("instructed", "text"),
    [(" MACROBUTTON NoMacro [Skriv namn]", "[Skriv namn]"), (r" EQ \f(a;b) ", "a b"), (" SYMBOL 65 ", "A")],
)
def test_a_field_with_an_empty_result_shows_what_it_shows_by_itself(instructed: str, text: str) -> None:
    assert body(p(r("Se "), shown("", instructed, ""), r("."))) == f"<p>Se {text}.</p>"
    simple = f'<w:fldSimple w:instr="{instructed}"/>'
    assert body(p(r("Se "), simple, r("."))) == f"<p>Se {text}.</p>"


def test_words_in_an_instruction_are_left_out_and_named() -> None:
    text = read_word(docx(p(r("Före "), marks(instruction(" IF 1 = 1 "), r("borta")), r("efter."))))
    assert text.parts[0].body == "<p>Före efter.</p>"
    assert [line.place for line in text.report.lines if line.what == "hidden_text"] == ["borta"]


def test_a_link_that_is_not_said_to_lead_outside_is_one_all_the_same() -> None:
    tie = f'<Relationship Id="rId7" Type="{TYPES}hyperlink" Target="https://example.se/"/>'
    text = read_word(Docx(p(LINK.format(r("här"))), ties=tie).bytes())
    assert text.parts[0].body == '<p><a href="https://example.se/">här</a></p>'


@pytest.mark.parametrize("link", [LINK.format(r("mål")), field_(' HYPERLINK "#mal" ', r("mål"))])
def test_a_bookmark_given_as_an_address_is_a_link_within_the_document(link: str) -> None:
    text = read_word(Docx(p(link), ties=link_tie("rId7", "#mal")).bytes())
    assert text.parts[0].body == "<p>mål</p>"
    assert (text.report.count("inner_links"), text.report.count("dropped_link")) == (1, 0)


def test_a_simple_field_that_leads_nowhere_is_reported_like_any_other() -> None:
    text = read_word(docx(p("<w:fldSimple w:instr=' HYPERLINK \"file:///C:/a\" '>" + r("här") + "</w:fldSimple>")))
    assert text.report.count("dropped_link") == 1


@pytest.mark.parametrize("style_id", ["", "Heading1"])
@pytest.mark.parametrize("framed", [False, True])
def test_the_word_over_a_table_of_contents_is_left_out_with_it(style_id: str, framed: bool) -> None:
    rest = p("Bakgrund", style="Heading1") + p("Text.")
    listed = sdt(contents(), CONTENTS_FRAME) if framed else contents()
    text = read_word(docx(p("Innehåll:", style=style_id), p(), listed, rest))
    assert_left_out(text)
    assert [line.place.split()[0] for line in text.report.lines if line.what == "contents"] == ["Innehåll"]


def test_the_word_contents_over_anything_else_is_a_word() -> None:
    text = read_word(docx(p("Innehåll", style="Heading1"), p("Om avtalet."), contents(), p("Text.")))
    assert [(part.heading, part.body) for part in text.parts] == [("Innehåll", "<p>Om avtalet.</p><p>Text.</p>")]
