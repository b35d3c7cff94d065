"""Content controls, text boxes and wrappers: their words once, at their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agreements.documents.word_import.reader import read_word
from tests.agreements.documents.word_import.docx import (
    Docx,
    docx,
    footnote,
    item,
    p,
    picture,
    png,
    r,
    sdt,
    tbl,
    text_box,
    tr,
)
from tests.agreements.documents.word_import.oracle import words_of_result


def body(*content: str) -> str:
    """The body of the only part."""
    (part,) = read_word(docx(*content)).parts
    return part.body


def test_controls_around_words_and_around_paragraphs() -> None:
    assert body(p(r("Datum: "), sdt(r("2026-03-04"), "<w:date/>"))) == "<p>Datum: 2026-03-04</p>"
    assert body(sdt(p("Ett.") + sdt(p("Två.")))) == "<p>Ett.</p><p>Två.</p>"
    assert body(p(sdt(r("☒"), "<w14:checkbox/>"), r(" Ja"))) == "<p>☒ Ja</p>"


def test_instructions_in_unfilled_controls_are_left_out_and_named() -> None:
    text = read_word(
        docx(p(r("Namn: "), sdt(r("Klicka här"), "<w:showingPlcHdr/>")), sdt(p("Skriv"), "<w:showingPlcHdr/>"))
    )
    assert text.parts[0].body == "<p>Namn:</p>"
    assert [line.place for line in text.report.lines if line.what == "placeholder"] == ["Klicka här", "Skriv"]


def test_a_control_whose_instruction_is_switched_off_is_filled_in() -> None:
    assert body(p(sdt(r("Ifyllt"), '<w:showingPlcHdr w:val="0"/>'))) == "<p>Ifyllt</p>"


def test_text_boxes_come_after_their_paragraph_once() -> None:
    text = read_word(docx(p(r("Före "), text_box(p("I rutan."), p("Mer.")), r("efter.")), p("Sist.")))
    assert text.parts[0].body == "<p>Före efter.</p><p>I rutan.</p><p>Mer.</p><p>Sist.</p>"
    assert [line.place for line in text.report.lines if line.what == "text_box"] == ["I rutan. Mer."]


def test_a_text_box_tied_to_nothing_but_itself() -> None:
    assert body(p(text_box(p("Ensam.")))) == "<p>Ensam.</p>"


def test_lists_and_tables_in_text_boxes() -> None:
    html = body(p(r("Text."), text_box(item("a"), tbl(tr("b", "c"), tr("d", "e")))))
    assert html.startswith("<p>Text.</p><ul><li><p>a</p></li></ul><table>")


def test_old_text_boxes_without_an_alternative() -> None:
    box = f"<v:textbox><w:txbxContent>{p('Gammal ruta.')}</w:txbxContent></v:textbox>"
    assert body(p(f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>")) == "<p>Gammal ruta.</p>"


def test_decorated_words_are_words() -> None:
    assert body(p('<w:r><w:pict><v:shape><v:textpath string="UTKAST"/></v:shape></w:pict></w:r>')) == "<p>UTKAST</p>"


@pytest.mark.parametrize("wrapper", ["smartTag", "customXml", "dir", "bdo"])
def test_wrappers_are_looked_through(wrapper: str) -> None:
    assert body(p(r("a "), f"<w:{wrapper}>{r('b')}</w:{wrapper}>", r(" c"))) == "<p>a b c</p>"


def test_wrappers_around_paragraphs_are_looked_through() -> None:
    assert body(f"<w:customXml>{p('a')}</w:customXml>", f'<w:ins w:id="1">{p("b")}</w:ins>') == "<p>a</p><p>b</p>"


def test_runs_outside_paragraphs_are_not_lost() -> None:
    assert body(r("Lös text "), p("i stycket.")) == "<p>Lös text i stycket.</p>"
    assert body(p("Text."), r("Sist.")) == "<p>Text.</p><p>Sist.</p>"


def test_what_is_unknown_is_read_through_and_reported() -> None:
    strange = '<x:nytt xmlns:x="urn:x">' + r("nytt") + "</x:nytt>"
    text = read_word(docx(p(r("Något "), strange), f'<x:block xmlns:x="urn:x">{p("block")}</x:block>'))
    assert text.parts[0].body == "<p>Något nytt</p><p>block</p>"
    assert [line.place for line in text.report.lines if line.what == "unknown_element"] == ["nytt", "block"]


def test_blocks_with_an_alternative_are_read_once() -> None:
    branches = f"<mc:Choice>{p('ny')}</mc:Choice><mc:Fallback>{p('ny')}</mc:Fallback>"
    both = f"<mc:AlternateContent>{branches}</mc:AlternateContent>"
    assert body(both) == "<p>ny</p>"


NEW, WORD_2010 = (
    'xmlns:nytt="urn:nytt"',
    'xmlns:form="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
)


def choice(requires: str, words: str, declared: str = "") -> str:
    return f'<mc:Choice Requires="{requires}" {declared}>{r(words) if words else ""}</mc:Choice>'


def fallback(words: str) -> str:
    return f"<mc:Fallback>{r(words) if words else ''}</mc:Fallback>"


@pytest.mark.parametrize(
    ("branches", "chosen"),
    [
        (choice("nytt", "ny", NEW) + fallback("gammal"), "gammal"),
        (choice("wps nytt", "ny", NEW) + fallback("gammal"), "gammal"),  # it takes all that is required
        (choice("odeklarerat", "ny") + fallback("gammal"), "gammal"),
        (choice("wps", "ny") + fallback("gammal"), "ny"),
        (choice("w14  wps", "ny") + fallback("gammal"), "ny"),
        (choice("form", "ny", WORD_2010) + fallback("gammal"), "ny"),  # the name counts, and not its prefix
        (choice("wps", "ny", 'xmlns:wps="urn:nytt"') + fallback("gammal"), "gammal"),
        (choice("nytt", "nyast", NEW) + choice("wps", "ny") + fallback("gammal"), "ny"),
        (choice("wps", "ny") + choice("w14", "också ny") + fallback("gammal"), "ny"),
        (choice("wps", "") + fallback("gammal"), "gammal"),
        (choice("nytt", "ny", NEW) + fallback(""), "ny"),  # no word is lost
        (choice("nytt", "ny", NEW), "ny"),
        (choice("nytt", "", NEW), ""),
        (fallback("gammal"), "gammal"),
        ("", ""),
    ],
)
def test_of_alternatives_the_first_that_is_understood_is_read_and_no_other(branches: str, chosen: str) -> None:
    alternatives = f"<mc:AlternateContent>{branches}</mc:AlternateContent>"
    assert body(p(r("a "), alternatives, r(" b"))) == f"<p>{' '.join(['a', *chosen.split(), 'b'])}</p>"


def test_a_note_in_an_alternative_is_not_lost() -> None:
    branches = f'<mc:Choice Requires="wps">{footnote(1)}</mc:Choice><mc:Fallback/>'
    note = f'<w:footnote w:id="1">{p("Noten.")}</w:footnote>'
    text = p(r("Text"), f"<mc:AlternateContent>{branches}</mc:AlternateContent>", r("."))
    assert words_of_result(read_word(Docx(text, footnotes=note).bytes())) == ["Text", "Noten"]


def test_equations_are_a_line_of_text() -> None:
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    text = read_word(
        docx(p(r("x="), f"<m:oMath>{fraction}</m:oMath>"), f"<m:oMathPara><m:oMath>{fraction}</m:oMath></m:oMathPara>")
    )
    assert text.parts[0].body == "<p>x=a/b</p><p>a/b</p>"
    assert text.report.count("equation") == 1


def test_ruby_stands_in_parentheses() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('över')}</w:rt><w:rubyBase>{r('under')}</w:rubyBase></w:ruby></w:r>"
    assert body(p(ruby)) == "<p>under (över)</p>"


def m(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


def sign(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        (m("sSup", m("e", sign("x")), m("sup", sign("2"))), "x^2"),
        (m("sSub", m("e", sign("x")), m("sub", sign("i"))), "x_i"),
        (sign("f") + m("d", m("e", sign("n+1"))), "f(n+1)"),
        (m("d", '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>', m("e", sign("a"))), "[a]"),
        (
            m("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', m("sub", sign("i")), m("sup"), m("e", sign("a"))),
            "∑_i a",
        ),
        (m("func", m("fName", sign("log")), m("e", sign("x"))), "log x"),
        (m("m", m("mr", m("e", sign("a")), m("e", sign("b"))), m("mr", m("e", sign("c")))), "a b c"),
    ],
)
def test_the_shape_of_an_equation_is_written_with_signs(equation: str, text: str) -> None:
    assert read_word(docx(p(m("oMath", equation)))).parts[0].body == f"<p>{text}</p>"


@pytest.mark.parametrize("inside", [p("inre") + p("två"), tbl(tr("inre", "två")), f"<w:r>{p('inre')}{p('två')}</w:r>"])
def test_blocks_inside_a_paragraph_stand_after_it_and_are_reported(inside: str) -> None:
    text = read_word(docx(f"<w:p>{r('yttre')}{inside}{r(' slut')}</w:p>", p("sist")))
    assert words_of_result(text) == ["yttre", "slut", "inre", "två", "sist"]
    assert text.report.count("unknown_element")


def test_the_lines_of_an_equation_do_not_run_together() -> None:
    lines = m("eqArr", m("e", sign("a=1")), m("e", sign("b=2")))
    two = f"<m:oMathPara>{m('oMath', sign('c=3'))}{m('oMath', sign('d=4'))}</m:oMathPara>"
    limit = m("limLow", m("e", sign("lim")), m("lim", sign("n")))
    html = body(p(m("oMath", lines)), p(two), p(m("oMath", limit)))
    assert html == "<p>a=1 b=2</p><p>c=3 d=4</p><p>lim_n</p>"


def test_a_box_in_hidden_text_is_hidden_with_it() -> None:
    box = text_box(p("I rutan.")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    text = read_word(docx(p(r("Synligt. "), box, r("Mer."))))
    assert text.parts[0].body == "<p>Synligt. Mer.</p>"
    lines = {line.what: line.place for line in text.report.lines if line.place}
    assert lines == {"hidden_text": "I rutan."}


@pytest.mark.parametrize("inside", [picture("rId9", "Karta"), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'])
@pytest.mark.parametrize("wrap", [lambda xml: p(f'<x:nytt xmlns:x="urn:x">{xml}</x:nytt>'),
                                  lambda xml: f'<x:nytt xmlns:x="urn:x">{p(xml)}</x:nytt>'])  # fmt: skip
def test_what_is_unknown_and_holds_a_picture_or_a_sign_is_read_through(inside: str, wrap: Callable[[str], str]) -> None:
    text = read_word(Docx(p("a") + wrap(inside), media={"rId9": png()}).bytes())
    assert text.parts[0].body != "<p>a</p>"
    assert text.report.count("unknown_element") == 1


@pytest.mark.parametrize(
    "control",
    [
        f"<w:sdt><w:sdtPr/>{p('löst')}</w:sdt>",
        f"<w:sdt>{p('löst')}<w:sdtContent/></w:sdt>",
        f"<w:sdt><w:sdtContent>{p('lö')}</w:sdtContent><w:sdtContent>{p('st')}</w:sdtContent></w:sdt>",
        p(f"<w:sdt>{r('löst')}</w:sdt>"),
        p(f"<w:sdt><w:sdtContent>{r('lö')}</w:sdtContent>{r('st')}</w:sdt>"),
    ],
)
def test_words_in_a_control_that_is_put_together_wrongly_come_in(control: str) -> None:
    assert "".join(words_of_result(read_word(docx(control)))) == "löst"


def test_what_google_docs_finds_passages_by_is_no_field_to_fill_in() -> None:
    tag = '<w:tag w:val="goog_rdk_0"/>'
    text = read_word(docx(p(sdt(r("Ett "), tag), sdt(r("två"), '<w:tag w:val="namn"/>'))))
    assert text.parts[0].body == "<p>Ett två</p>"
    assert text.report.count("controls") == 1


def test_a_text_box_outside_paragraphs_goes_with_the_next_one() -> None:
    assert body(text_box(p("I rutan.")), p("Text.")) == "<p>Text.</p><p>I rutan.</p>"
    assert body(p("Text."), text_box(p("I rutan."))) == "<p>Text.</p><p>I rutan.</p>"


@pytest.mark.parametrize("inside", [p("Löst."), tbl(tr("Löst."))])
def test_words_in_a_drawing_with_no_box_around_them_come_in(inside: str) -> None:
    drawing = f"<w:r><w:drawing><wp:inline><a:graphic>{inside}</a:graphic></wp:inline></w:drawing></w:r>"
    assert body(p(r("Text."), drawing)) == "<p>Text.</p><p>Löst.</p>"


def test_marks_of_editing_are_nothing() -> None:
    marks = '<w:proofErr w:type="spellStart"/><w:permStart w:id="1" w:edGrp="everyone"/><w:bookmarkStart w:id="2"/>'
    ends = '<w:bookmarkEnd w:id="2"/><w:permEnd w:id="1"/><w:proofErr w:type="spellEnd"/>'
    text = read_word(docx(marks, p(marks, r("Tex"), ends, marks, r("ten."), ends), ends))
    assert text.parts[0].body == "<p>Texten.</p>"
    assert {line.what for line in text.report.lines} == {"words"}


@pytest.mark.parametrize(
    "props",
    [
        '<w:dropDownList><w:listItem w:displayText="Ja" w:value="1"/></w:dropDownList>',
        "<w:comboBox/>",
        '<w:date w:fullDate="2026-01-01T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/></w:date>',
        '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>',
        '<w:dataBinding w:xpath="/a"/>',
        "<w15:repeatingSection/>",
    ],
)
def test_whatever_is_filled_in_is_what_is_shown(props: str) -> None:
    assert body(p(r("Svar: "), sdt(r("Ja"), props), r("."))) == "<p>Svar: Ja.</p>"


def test_the_rows_of_a_section_that_repeats_are_rows() -> None:
    rows = "".join(sdt(tr(name, place), "<w15:repeatingSectionItem/>") for name, place in ("ab", "cd"))
    html = body(tbl(tr("Namn", "Plats"), sdt(rows, "<w15:repeatingSection/>")))
    assert html.count("<tr>") == 3
    assert "<tr><td><p>c</p></td><td><p>d</p></td></tr>" in html


def test_pictures_and_boxes_in_a_group_and_on_a_canvas_come_each_once() -> None:
    box = f"<wps:wsp><wps:txbx><w:txbxContent>{p('I rutan.')}</w:txbxContent></wps:txbx></wps:wsp>"
    shown = picture("rId9", "")
    inside = shown[shown.index("<pic:pic>") : shown.index("</a:graphicData>")]
    group = f"<wpg:wgp>{inside}<wpg:grpSp>{box}</wpg:grpSp></wpg:wgp>"
    drawing = (
        f"<w:drawing><wp:inline><a:graphic><a:graphicData>{group}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old_box = f"<v:textbox><w:txbxContent>{p('I rutan.')}</w:txbxContent></v:textbox>"
    old = f"<w:pict><v:group><v:shape>{old_box}</v:shape></v:group></w:pict>"
    both = f'<mc:Choice Requires="wpg">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    source = Docx(p(r("Före."), f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"), media={"rId9": png()})
    html = read_word(source.bytes()).parts[0].body
    assert html.startswith("<p>Före.</p><figure ")
    assert html.endswith("</figure><p>I rutan.</p>")
