"""Where what is pasted meets the text: nothing is glued, a heading is a heading, and undo takes it all back."""

from typing import Any

import pytest

from tests.journeys.editor.test_paste import WORD, item

TEXT = "<p>Enligt den övergripande. Resten står kvar.</p>"
NUMBER = "<span style='mso-list:Ignore'>1<span>&nbsp;&nbsp;</span></span>"
HEADING = f"{WORD}<body><h1 style='mso-list:l1 level1 lfo2'>{NUMBER}Word rubrik<o:p></o:p></h1>"


def normal(*paragraphs: str) -> str:
    return "".join(f"<p class=MsoNormal><span lang=SV>{words}<o:p></o:p></span></p>" for words in paragraphs)


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        (HEADING, "<p>Före.</p><h4>Word rubrik</h4>"),
        (HEADING + normal("Text."), "<p>Före.</p><h4>Word rubrik</h4><p>Text.</p>"),
        (WORD + item(1, "·", "ett"), "<p>Före.</p><ul><li><p>ett</p></li></ul>"),
        (
            WORD + "<table><tr><td>a</td></tr></table>",
            "<p>Före.</p><table><tbody><tr><td><p>a</p></td></tr></tbody></table>",
        ),
        ("<blockquote><p>Citat.</p></blockquote>", "<p>Före.</p><blockquote><p>Citat.</p></blockquote>"),
        (WORD + normal("Text."), "<p>Före. Text.</p>"),
        (WORD + normal("Text.", "Mer."), "<p>Före. Text.</p><p>Mer.</p>"),
        (WORD + normal("(Text.)"), "<p>Före. (Text.)</p>"),
        (WORD + normal(", sa hon"), "<p>Före., sa hon</p>"),
        (WORD + "<span lang=SV>piece</span>", "<p>Före.piece</p>"),  # a piece of a paragraph goes where the caret is
    ],
)
def test_at_the_end_of_a_paragraph(write: Any, pasted: str, saved: str) -> None:
    writer = write(body="<p>Före.</p>")
    writer.caret_after("Före.")
    writer.paste(pasted)
    assert writer.saved_body() == saved


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        (HEADING, "<p>Före</p><h4>Word rubrik</h4><p>och efter.</p>"),
        (HEADING + normal("Text"), "<p>Före</p><h4>Word rubrik</h4><p>Text och efter.</p>"),
        (WORD + normal("Text") + HEADING, "<p>Före Text</p><h4>Word rubrik</h4><p>och efter.</p>"),
        (WORD + item(1, "·", "ett"), "<p>Före</p><ul><li><p>ett</p></li></ul><p>och efter.</p>"),
        (WORD + normal("Text"), "<p>Före Text och efter.</p>"),
    ],
)
def test_in_the_middle_of_a_paragraph(write: Any, pasted: str, saved: str) -> None:
    writer = write(body="<p>Före och efter.</p>")
    writer.caret_after("Före")
    writer.paste(pasted)
    assert writer.saved_body() == saved


@pytest.mark.parametrize(
    ("pasted", "saved"),
    [
        (HEADING, "<h4>Word rubrik</h4><p>Efter.</p>"),
        (HEADING + normal("Text."), "<h4>Word rubrik</h4><p>Text. Efter.</p>"),
        (WORD + item(1, "·", "ett"), "<ul><li><p>ett</p></li></ul><p>Efter.</p>"),
        (WORD + normal("Text."), "<p>Text. Efter.</p>"),
    ],
)
def test_at_the_beginning_of_a_paragraph(write: Any, pasted: str, saved: str) -> None:
    writer = write(body="<p>Efter.</p>")
    writer.text.focus()
    writer.settle()
    writer.press("Control+Home")
    writer.paste(pasted)
    assert writer.saved_body() == saved


@pytest.mark.parametrize(
    ("body", "pasted", "saved"),
    [
        ("<ul><li><p>punkt</p></li></ul>", normal("Text."), "<ul><li><p>punkt Text.</p></li></ul>"),
        ("<ul><li><p>punkt</p></li></ul>", item(1, "·", "ett"), "<ul><li><p>punkt</p></li><li><p>ett</p></li></ul>"),
        (
            "<ol><li><p>punkt, sist</p></li></ol>",
            item(1, "·", "ett") + item(2, "o", "under"),
            "<ol><li><p>punkt</p></li><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>, sist</p></li></ol>",
        ),
        ("<ul><li><p>punkt</p></li></ul>", HEADING, "<ul><li><p>punkt</p></li></ul><h4>Word rubrik</h4>"),
        ("<h4>punkt</h4>", HEADING, "<h4>punkt</h4><h4>Word rubrik</h4>"),
        ("<blockquote><p>punkt</p></blockquote>", HEADING, "<blockquote><p>punkt</p></blockquote><h4>Word rubrik</h4>"),
    ],
)
def test_in_headings_lists_and_quotations_the_block_stays_what_it_is(
    write: Any, body: str, pasted: str, saved: str
) -> None:
    writer = write(body=body)
    writer.caret_after("punkt")
    writer.paste(pasted if pasted.startswith("<html") else WORD + pasted)
    assert writer.saved_body() == saved


def test_what_is_copied_here_goes_in_as_it_was_copied(write: Any) -> None:
    writer = write(body="<h4>Bakgrund</h4><p>Före</p>")
    writer.caret_after("Före")
    writer.paste('<h3 data-pm-slice="1 1 []">grund</h3>')
    assert writer.saved_body() == "<h4>Bakgrund</h4><p>Föregrund</p>"


def test_plain_text_goes_in_where_the_caret_is(write: Any) -> None:
    writer = write(body="<p>sam an</p>")
    writer.caret_after("sam")
    writer.paste_plain("verk")
    assert writer.saved_body() == "<p>samverk an</p>"


def test_undo_takes_the_whole_paste_back_and_nothing_that_was_typed(write: Any) -> None:
    writer = write(body="<p>Före.</p>")
    writer.go_to_end()
    writer.type(" Skrivet.")
    writer.paste(HEADING + normal("Ett.", "Två.") + item(1, "·", "ett") + item(2, "o", "under") + normal("Tre."))
    writer.page.keyboard.insert_text(" Efter.")  # at once: a pause while typing would part what is undone in one go
    pasted = (
        "<h4>Word rubrik</h4><p>Ett.</p><p>Två.</p><ul><li><p>ett</p><ul><li><p>under</p></li></ul></li></ul><p>Tre."
    )
    assert writer.saved_body() == f"<p>Före. Skrivet.</p>{pasted} Efter.</p>"
    writer.use("Ångra")
    assert writer.saved_body() == f"<p>Före. Skrivet.</p>{pasted}</p>"
    writer.use("Ångra")
    assert writer.saved_body() == "<p>Före. Skrivet.</p>"
    writer.use("Gör om")
    assert writer.saved_body() == f"<p>Före. Skrivet.</p>{pasted}</p>"


def test_five_thousand_words_come_in_whole_at_once(write: Any) -> None:
    writer = write(body="<p>Före.</p>")
    writer.go_to_end()
    words = [f"ord{number}" for number in range(5000)]
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, 5000, 50)]
    writer.paste(WORD + "".join(HEADING.removeprefix(WORD) + normal(words) for words in paragraphs))
    expected = "".join(f"<h4>Word rubrik</h4><p>{words}</p>" for words in paragraphs)
    assert writer.saved_body() == f"<p>Före.</p>{expected}"
    writer.use("Ångra")
    assert writer.saved_body() == "<p>Före.</p>"


@pytest.mark.parametrize(
    "pasted",
    [
        "<h1>Läget</h1><p>i år</p>",
        "<table><tr><td>Läget</td><td>i år</td></tr></table>",
        "<section>Läget</section><pre>i år</pre>",
        "<dl><dt>Läget<dd>i år</dl>",
    ],
)
def test_a_heading_stays_one_line_and_glues_nothing(write: Any, pasted: str) -> None:
    writer = write(body="<p>x</p>", heading="Om")
    writer.heading.focus()
    writer.settle()
    writer.press("End")
    writer.paste(pasted, into=writer.heading)
    writer.saved_body()
    assert writer.heading.inner_text().strip() == "Om Läget i år"


def test_plain_lines_in_a_heading_are_one_line(write: Any) -> None:
    writer = write(body="<p>x</p>", heading="")
    writer.heading.focus()
    writer.paste_plain("Läget\r\n\r\ni år\n", into=writer.heading)
    writer.saved_body()
    assert writer.heading.inner_text().strip() == "Läget i år"
