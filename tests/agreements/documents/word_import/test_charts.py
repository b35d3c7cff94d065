"""The values and words of charts, as people read them in Word."""

from __future__ import annotations

import pytest
from lxml import etree

from agreements.documents.word_import.charts import chart_values, shown
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordText
from tests.agreements.documents.word_import.docx import HEADER, NAMESPACES, TYPES, Docx, p, relationships

DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="D"/><a:graphic><a:graphicData><c:chart r:id="rIdC"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def read(inside: str, shapes: str = "") -> WordText:
    """A file with a chart, and with what is drawn on it."""
    parts: dict[str, str | bytes] = {
        "word/charts/chart1.xml": f"{HEADER}<c:chartSpace {NAMESPACES}>{inside}</c:chartSpace>"
    }
    if shapes:
        tie = f'<Relationship Id="rId1" Type="{TYPES}chartUserShapes" Target="../drawings/drawing1.xml"/>'
        parts["word/charts/_rels/chart1.xml.rels"] = relationships(tie)
        parts["word/drawings/drawing1.xml"] = f"{HEADER}<c:userShapes {NAMESPACES}>{shapes}</c:userShapes>"
    chart = f'<Relationship Id="rIdC" Type="{TYPES}chart" Target="charts/chart1.xml"/>'
    return read_word(Docx(p(DRAWING), ties=chart, parts=parts).bytes())


def written(words: str) -> str:
    return f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.34799999999999998", "0%", "35 %"),
        ("0.34799999999999998", "0.0%", "34,8 %"),
        ("1", '0%;"minus" 0%', "100 %"),
        ("44197", "yyyy\\-mm\\-dd", "2021-01-01"),
        ("44197", "mmm\\-yy", "2021-01"),
        ("44197", "yyyy", "2021"),
        ("44197", "General", "44197"),
        ("44197", "Standard", "44197"),
        ("44197", "[Red]#,##0", "44197"),
        ("12", '0 "dagar"', "12"),
        ("4.2999999999999998", "General", "4,3"),
        ("1e999", "yyyy", "1e999"),
        ("-3", "yyyy", "-3"),
        ("2021", "", "2021"),
        ("Östra", "0%", "Östra"),
    ],
)
def test_a_value_is_written_as_its_format_says(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_the_format_of_a_row_and_of_one_value_count() -> None:
    point = "<c:pt idx='{}'{}><c:v>{}</c:v></c:pt>".format
    days = f"<c:formatCode>yyyy</c:formatCode>{point(0, '', 44197)}{point(1, '', 44562)}"
    own = " formatCode='0.0%'"
    shares = f"<c:formatCode>0%</c:formatCode>{point(0, '', 0.5)}{point(1, own, 0.125)}"
    chart = etree.fromstring(
        f"<c:chart {NAMESPACES}><c:ser><c:cat><c:numRef><c:numCache>{days}</c:numCache></c:numRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{shares}</c:numCache></c:numRef></c:val></c:ser></c:chart>"
    )
    assert chart_values(chart) == (("", ""), ("2021", "50 %"), ("2022", "12,5 %"))


def test_words_that_are_drawn_on_a_chart_stand_after_it() -> None:
    text = read("<c:chart/>", f"<c:sp><c:txBody>{written('Källa: polisen')}{written('')}</c:txBody></c:sp>")
    assert text.parts[0].body.endswith("</figure><p>Källa: polisen</p>")
    assert [line.place for line in text.report.lines if line.what == "text_box"] == ["Källa: polisen"]


def test_words_that_somebody_wrote_on_a_label_come_in_and_its_fields_do_not() -> None:
    label = "<c:dLbl><c:tx><c:rich>{}</c:rich></c:tx></c:dLbl>".format
    field = '<a:p><a:fld type="VALUE"><a:t>[VÄRDE]</a:t></a:fld></a:p>'
    title = f"<c:title><c:tx><c:rich>{written('Brott')}</c:rich></c:tx></c:title>"
    text = read(f"<c:chart>{title}{label(written('Nytt arbetssätt'))}{label(field)}</c:chart>")
    assert text.parts[0].body.endswith("<figcaption>Brott</figcaption></figure><p>Nytt arbetssätt</p>")
