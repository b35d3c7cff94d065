"""Pasting keeps structure and drops formatting; what Word writes for itself is not the author's word."""

from typing import Any

import pytest
from playwright.sync_api import expect

WORD = "<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:w='urn:schemas-microsoft-com:office:word'>"


def item(level: int, marker: str, text: str, list_id: int = 0) -> str:
    """A list paragraph as Word 365 puts it on the clipboard."""
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l{list_id} level{level} lfo1'>"
        f"<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>{marker}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
        f"<span lang=EN-US style='mso-ansi-language:EN-US'>{text}<o:p></o:p></span></p>"
    )


def test_word_lists_become_real_lists_with_their_levels(write: Any) -> None:
    writer = write(body="")
    items = item(1, "·", "ett") + item(2, "o", "under") + item(2, "o", "till") + "\n" + item(1, "·", "två")
    writer.paste(f"{WORD}<body><!--StartFragment-->{items}<p class=MsoNormal>efter</p><!--EndFragment--></body></html>")
    assert writer.saved_body() == (
        "<ul><li><p>ett</p><ul><li><p>under</p></li><li><p>till</p></li></ul></li><li><p>två</p></li></ul><p>efter</p>"
    )


def test_numbered_word_lists_keep_their_first_number(write: Any) -> None:
    writer = write(body="")
    writer.paste(f"{WORD}<body>{item(1, '4.', 'fyra')}{item(2, 'a)', 'a')}{item(1, '5.', 'fem')}</body></html>")
    assert writer.saved_body() == (
        '<ol start="4"><li><p>fyra</p><ol><li><p>a</p></li></ol></li><li><p>fem</p></li></ol>'
    )


def test_two_lists_with_text_between_stay_two(write: Any) -> None:
    writer = write(body="")
    bullet, number = item(1, "·", "ett"), item(1, "1.", "två", 1)
    writer.paste(f"{WORD}<body>{bullet}<p class=MsoNormal>mellan</p>{number}</body></html>")
    assert writer.saved_body() == "<ul><li><p>ett</p></li></ul><p>mellan</p><ol><li><p>två</p></li></ol>"


def test_formatting_goes_and_emphasis_links_and_headings_stay(write: Any) -> None:
    writer = write(body="")
    writer.paste(
        f"{WORD}<head><style>p.MsoNormal {{color: red}}</style></head><body lang=SV>"
        "<h2 style='color:#2F5496'><b>Bakgrund</b></h2>"
        "<p class=MsoNormal align=center style='text-align:center'>"
        "<span style='font-size:14.0pt;color:red' lang=SV>Ett </span>"
        "<b><span lang=SV>fett</span></b><span style='mso-tab-count:1'>  </span><i>och kursivt</i> "
        "<u>understruket</u> <a href='https://example.se/' style='color:blue'>ord</a>"
        "<a name='_Hlk123'></a><o:p>&nbsp;</o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>"
    )
    assert writer.saved_body() == (
        "<h4>Bakgrund</h4><p>Ett <strong>fett</strong> <em>och kursivt</em> understruket "
        '<a href="https://example.se/">ord</a></p>'
    )


def test_word_tables_come_as_tables(write: Any) -> None:
    writer = write(body="")
    writer.paste(
        f"{WORD}<body><table class=MsoTableGrid border=1 style='border-collapse:collapse'>"
        "<thead><tr><td width=200 style='background:#ccc'><p class=MsoNormal><b>Plats</b></p></td>"
        "<td><p class=MsoNormal>Antal</p></td></tr></thead>"
        "<tr><td rowspan=2><p class=MsoNormal>Torget</p></td><td><p class=MsoNormal>4</p></td></tr>"
        "<tr><td>5</td></tr></table></body></html>"
    )
    assert writer.saved_body() == (
        "<table><tbody><tr><td><p><strong>Plats</strong></p></td><td><p>Antal</p></td></tr>"
        '<tr><td rowspan="2"><p>Torget</p></td><td><p>4</p></td></tr><tr><td><p>5</p></td></tr></tbody></table>'
    )


def test_word_footnotes_become_notes_where_they_are_referred_to(write: Any) -> None:
    writer = write(body="")
    writer.paste(
        f"{WORD}<body><p class=MsoNormal>Läget<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1' title=''>"
        "<span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a> här.</p>"
        "<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width='33%'>"
        "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>"
        "<span class=MsoFootnoteReference>[1]</span></a> Enligt <a href='https://example.se'>källan</a>.</p></div></div></body></html>"
    )
    note = "&lt;p&gt;Enligt &lt;a href=&quot;https://example.se&quot;&gt;källan&lt;/a&gt;.&lt;/p&gt;"
    assert writer.saved_body() == f'<p>Läget<sup data-note="{note}"></sup> här.</p>'


def test_lists_from_word_on_the_web_are_nested_again(write: Any) -> None:
    def web(level: int, text: str) -> str:
        return (
            f'<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li role="listitem" '
            f'data-aria-level="{level}"><p class="Paragraph"><span class="TextRun">{text}</span></p></li></ul></div>'
        )

    writer = write(body="")
    writer.paste(web(1, "ett") + web(2, "under") + web(1, "två"))
    assert writer.saved_body() == "<ul><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>två</p></li></ul>"


def test_pictures_that_cannot_come_along_are_told_of(write: Any) -> None:
    writer = write(body="")
    writer.paste("<p>text <img src='file:///C:/Users/x/bild.png'></p>")
    expect(writer.page.locator("[data-samverkan-section-notice]")).to_contain_text("1 bilder följde inte med")
    assert writer.saved_body() == "<p>text</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=\"document.title='x'\">",
        "<script>document.title='x'</script>",
        "<table><caption><img src=x onerror=\"document.title='x'\"></caption><tr><td>a</td></tr></table>",
        "<sup data-note=\"&lt;img src=x onerror=document.title='x'&gt;\"></sup>",
        "<a href=\"javascript:document.title='x'\">a</a>",
    ],
)
def test_nothing_that_is_pasted_runs(write: Any, hostile: str) -> None:
    writer = write(body="")
    writer.paste(f"<p>a</p>{hostile}")
    body = writer.saved_body()
    assert "javascript" not in body
    assert "<img" not in body
    assert writer.page.title() == "Skriv – Samverkan"


def test_a_heading_takes_a_pasted_text_as_one_line(write: Any) -> None:
    writer = write(body="<p>x</p>", heading="")
    writer.heading.focus()
    writer.heading.evaluate(
        """(target) => {
          const data = new DataTransfer();
          data.setData("text/html", "<h1>Läget</h1><p>i <b>år</b></p>");
          target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(writer.heading).to_have_text("Läget i år")
