"""Pasting keeps structure and drops formatting; what Word writes for itself is not the author's word."""

import base64
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.editor.test_structures import ASSET, PNG

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
        '<table><thead><tr><th scope="col"><p>Plats</p></th><th scope="col"><p>Antal</p></th></tr></thead>'
        '<tbody><tr><td rowspan="2"><p>Torget</p></td><td><p>4</p></td></tr><tr><td><p>5</p></td></tr></tbody></table>'
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
    expect(writer.notice).to_contain_text("En bild följde inte med. Infoga den med knappen Figur.")
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
    writer.paste("<h1>Läget</h1><p>i <b>år</b></p>", into=writer.heading)
    expect(writer.heading).to_have_text("Läget i år")


# Pictures


def data_url(picture: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def test_a_picture_that_cannot_come_along_is_told_of_once_and_leads_to_the_figure(write: Any) -> None:
    writer = write(body="")
    vml = "<!--[if gte vml 1]><v:shape><v:imagedata src='file:///C:/bild.png'/></v:shape><![endif]-->"
    writer.paste(
        f"{WORD}<body><p class=MsoNormal>{vml}<![if !vml]><img src='file:///C:/bild.png'><![endif]></p></body></html>"
    )
    sentence = "En bild följde inte med. Infoga den med knappen Figur."
    expect(writer.notice.locator("p")).to_have_text(sentence)
    expect(writer.page.get_by_role("alert")).to_have_text([sentence])
    writer.notice.get_by_role("button", name="Figur").click()
    expect(writer.dialog.get_by_label("Bildfil")).to_be_visible()
    writer.dialog.get_by_role("button", name="Avbryt").click()
    writer.notice.get_by_role("button", name="Stäng").click()
    expect(writer.notice).to_be_empty()


def test_what_is_said_of_pictures_stays_when_the_text_is_saved(write: Any) -> None:
    writer = write(body="")
    writer.paste("<p>text <img src='file:///a.png'><img src='file:///b.png'></p>")
    assert writer.saved_body() == "<p>text</p>"
    expect(writer.notice).to_contain_text("2 bilder följde inte med. Infoga dem med knappen Figur.")


@pytest.mark.parametrize(
    "html", ["<p>Text.</p><p><img src='{}'></p>", "<p>Text.</p><p><img src='file:///C:/b.png'></p>"]
)
def test_the_only_picture_in_a_text_goes_on_to_its_figure_when_the_browser_has_it(write: Any, html: str) -> None:
    writer = write(body="")
    writer.paste(html.format(data_url(PNG)), *([] if "{}" in html else [PNG]))
    writer.dialog.get_by_label("Alternativtext").fill("Karta")
    writer.dialog.get_by_role("button", name="Klar").click()
    expect(writer.text.get_by_role("img", name="Karta")).to_be_visible()
    assert writer.saved_body() == f'<p>Text.</p><figure data-alt="Karta" data-asset="{ASSET}" data-source=""></figure>'
    expect(writer.notice).to_be_empty()


def test_a_picture_of_what_was_copied_beside_the_text_is_no_picture_in_it(write: Any) -> None:
    writer = write(body="")
    writer.paste("<table><tr><td>Torget</td><td>4</td></tr></table>", PNG)  # as a spreadsheet does
    assert writer.saved_body().startswith("<table>")
    expect(writer.page.get_by_role("dialog")).to_have_count(0)
    expect(writer.notice).to_be_empty()


def test_a_figure_copied_here_stays_a_figure_and_no_picture_is_missed(write: Any) -> None:
    figure = f'<figure data-alt="Karta" data-asset="{ASSET}" data-source="Brå"><figcaption>Torget</figcaption></figure>'
    writer = write(body="<p>text</p>")
    writer.go_to_end()
    shown = figure.replace("<figcaption>", f"<img src='/skriv/bilder/{ASSET}/' alt='Karta'><figcaption>")
    writer.paste(f'<div data-pm-slice="0 0 []">{shown}</div>')
    assert writer.saved_body() == f"<p>text</p>{figure}"
    expect(writer.notice).to_be_empty()


def test_a_picture_pasted_in_a_heading_or_a_caption_is_told_of_there(write: Any) -> None:
    writer = write(body="<table><tbody><tr><td><p>a</p></td></tr></tbody></table>", heading="")
    writer.heading.focus()
    writer.paste("<h1>Läget<img src='file:///b.png'></h1>", into=writer.heading)
    expect(writer.notice).to_contain_text("En bild följde inte med")
    writer.text.get_by_text("a", exact=True).click()
    writer.use("Tabelltext")
    caption = writer.dialog.get_by_role("textbox")
    caption.focus()
    writer.paste("<p>Tal</p><p>per år<img src='file:///b.png'></p>", into=caption)
    expect(writer.dialog.get_by_role("alert")).to_contain_text("En bild följde inte med")
    writer.dialog.get_by_role("button", name="Klar").click()
    assert "<caption>Tal per år</caption>" in writer.saved_body()


# What leads nowhere


def test_comments_are_not_part_of_the_text_and_that_is_said(write: Any) -> None:
    writer = write(body="")
    writer.paste(
        f"{WORD}<body><p class=MsoNormal><a style='mso-comment-reference:SN_1'>Torget</a>"
        "<span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]>"
        "<a class=msocomanchor id='_anchor_1' href='#_msocom_1' name='_msoanchor_1'>[SN1]</a><![endif]>"
        "<span style='mso-special-character:comment'>&nbsp;</span></span></span> är lugnt.</p>"
        "<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>"
        "<div style='mso-element:comment'><div id='_com_1' class=msocomtxt><p class=MsoCommentText>"
        "<span class=MsoCommentReference><a class=msocomoff href='#_msoanchor_1'>[SN1]</a></span>Är det så?</p>"
        "</div></div></div></body></html>"
    )
    assert writer.saved_body() == "<p>Torget är lugnt.</p>"
    expect(writer.notice.locator("p")).to_have_text("Kommentarer i marginalen följde inte med.")


def test_the_number_of_a_note_that_is_not_on_the_clipboard_leaves_no_trace(write: Any) -> None:
    writer = write(body="")
    mark = "<a href='#_ftn7' name='_ftnref7'><span class=MsoFootnoteReference>[7]</span></a>"
    writer.paste(
        f"{WORD}<body><p class=MsoNormal>Läget{mark} här, se <a href='#_Toc1'>avsnitt 2</a>.</p></body></html>"
    )
    assert writer.saved_body() == "<p>Läget här, se avsnitt 2.</p>"


def test_numbered_headings_are_headings_and_what_is_in_no_list_is_no_item(write: Any) -> None:
    writer = write(body="")
    number = "<span style='mso-list:Ignore'>2.1<span>&nbsp;&nbsp;</span></span>"
    writer.paste(
        f"{WORD}<body><h2 style='mso-list:l1 level2 lfo2'><![if !supportLists]>{number}<![endif]>Bakgrund</h2>"
        "<p class=MsoListParagraph style='mso-list:none'>stycke</p><p class=MsoHeading7>Djup rubrik</p></body></html>"
    )
    assert writer.saved_body() == "<h4>Bakgrund</h4><p>stycke</p><h4>Djup rubrik</h4>"


def test_signs_stay_the_authors_own(write: Any) -> None:
    writer = write(body="")
    writer.paste(
        f"{WORD}<body><p>100 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>-6</sup>, x<sup>n</sup>, "
        "*alla*, __namn__</p></body></html>"
    )
    assert writer.saved_body() == "<p>100 m², CO₂, 10⁻⁶, xn, *alla*, __namn__</p>"
