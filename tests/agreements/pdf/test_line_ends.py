"""Lines of a print end where a reader expects it."""

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from agreements.pdf.line_ends import settle

STYLE = "@page { size: 900px 400px; margin: 0 } body, p { margin: 0; font-size: 14px } i { font-style: normal }"
WORDS = "Kommunens webbplats, polisens lokala nyheter och skolornas veckobrev."


def lines(html: str, width: int) -> list[str]:
    page = HTML(string=f"<style>{STYLE} p {{ width: {width}px }}</style><p>{html}</p>")
    settle(page.etree_element.find("body"))
    found = page.render().pages[0]._page_box.descendants()
    return [_words(box) for box in found if isinstance(box, boxes.LineBox)]


def _words(line: boxes.LineBox) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def settled(html: str) -> str:
    """What is written, a blank for each element that was not there."""
    page = HTML(string=f"<p>{html}</p>")
    settle(page.etree_element.find("body"))
    return "".join(page.etree_element.find("body").itertext())


@pytest.mark.parametrize(
    "html",
    [
        f"{WORDS} <i>Vid</i> Sillveckan mer",
        f"<i>{WORDS} </i>Vid Sillveckan",
        f"\n  {WORDS}\n",
        f"{WORDS} <br> Vid Sillveckan",
    ],
)
def test_a_wider_line_never_has_fewer_words(html: str) -> None:
    counts = [len(lines(html, width)[0].split()) for width in range(440, 680, 4)]
    assert counts == sorted(counts)
    assert counts[0] < len(WORDS.split()) <= counts[-1]


@pytest.mark.parametrize("mark", [".", ","])
def test_a_notes_number_never_begins_a_line(mark: str) -> None:
    html = f'Tolv anmälningar om sådant{mark}<i class="footnote">12</i> och några fler.'
    found = [lines(html, width) for width in range(120, 320, 3)]
    assert all(not line.startswith((mark, "12")) for one in found for line in one)
    assert any(line.endswith(f"{mark}12") for one in found for line in one)


def test_no_word_and_no_space_between_words_is_lost() -> None:
    html = (
        'Ett <b>två </b>tre\u00a0<i>fyra</i>.<span class="footnote">1</span> Fem <span class="footnote">2</span> sex. '
    )
    assert settled(html) == "Ett två tre\u00a0fyra.1 Fem 2 sex."
    assert settled("ett <ul><li>två </li></ul>") == "etttvå"
