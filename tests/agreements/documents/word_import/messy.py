"""Random messy documents: every trap at once, in any order. The same seed makes the same document."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.agreements.documents.word_import.docx import (
    LINES,
    NO_LINES,
    Docx,
    field_,
    footnote,
    gone,
    indented,
    ins,
    item,
    p,
    picture,
    png,
    r,
    sdt,
    tbl,
    tc,
    text_box,
    tr,
)

SYLLABLES = ("bo", "sam", "verk", "an", "trygg", "het", "lo", "kal", "områ", "de", "å", "ök", "ande", "plan")
LOOKS = ("", "<w:b/>", "<w:i/>", '<w:sz w:val="32"/>', '<w:b/><w:sz w:val="28"/>', "<w:vanish/>", "<w:caps/>",
         "<w:strike/>", '<w:lang w:val="en-GB"/>', '<w:rStyle w:val="Finns inte"/>',
         '<w:vertAlign w:val="superscript"/>')  # fmt: skip
STYLES = ("", "", "", "Heading1", "Rubrik2", "Heading6", "Title", "Subtitle", "Quote", "Caption", "ListBullet", "TOC1",
          "Okänd", "ListContinue")  # fmt: skip
STARTS = ("", "", "", "• ", "-\t", "– ", "2.1 ", "1. ", "3 ", "\uf0b7\u00a0", "* ", "Figur 1: ", "Tabell 2 ")
ENDS = ("", ".", ":", "!", " ", "\u00a0", "-")
MARKS = ("", "", "", '<w:del w:id="1"/>', '<w:ins w:id="2"/>')


class Messy:
    """Makes one document. ``size`` is the number of its blocks."""

    def __init__(self, seed: int, size: int) -> None:
        self._random = Random(seed)
        self._size = size
        self._notes: list[str] = []

    def document(self) -> Docx:
        """The whole document."""
        body = "".join(self._block(0) for _ in range(self._size))
        return Docx(body, footnotes="".join(self._notes), media={"rId9": png()})

    def _one_of(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _up_to(self, most: int, least: int = 0) -> range:
        return range(self._random.randint(least, most))

    def _words(self) -> str:
        chosen = ["".join(self._one_of(SYLLABLES) for _ in self._up_to(3, 1)) for _ in self._up_to(6, 1)]
        return self._one_of((" ", " ", "\u00a0", "-", "\t")).join(chosen)

    def _note(self) -> str:
        content = "".join(p(self._words()) for _ in self._up_to(2, 1))
        self._notes.append(f'<w:footnote w:id="{len(self._notes) + 1}">{content}</w:footnote>')
        return footnote(len(self._notes))

    def _inline(self) -> str:
        text, look = self._words() + self._one_of((" ", "")), self._one_of(LOOKS)
        match self._random.randint(0, 16):
            case 0:
                return ins(r(text, look))
            case 1:
                return gone(text, self._one_of(("w:del", "w:moveFrom")))
            case 2:
                return f'<w:moveTo w:id="5" w:author="A">{r(text)}</w:moveTo>'
            case 3:
                return sdt(r(text), self._one_of(("", "<w:showingPlcHdr/>")))
            case 4:
                return field_(self._one_of((" REF a ", " TOC ", ' HYPERLINK "https://example.se/" ')), r(text))
            case 5:
                return f'<w:hyperlink w:anchor="a">{r(text, look)}</w:hyperlink>'
            case 6:
                return r(text, look, xml="<w:br/>") + r(self._words())
            case 7:
                return r(text, xml="<w:noBreakHyphen/>") + r(self._words())
            case 8:
                return picture("rId9", self._one_of(("", "Karta")))
            case 9:
                return self._note()
            case 10:
                return text_box(*(p(self._words()) for _ in self._up_to(2, 1)))
            case _:
                return r(text, look)

    def _paragraph(self) -> str:
        content = [r(self._one_of(STARTS) + self._words(), "<w:noProof/>"), *(self._inline() for _ in self._up_to(4))]
        content.append(r(self._one_of(ENDS)))
        mark = self._one_of(MARKS)
        match self._random.randint(0, 5):
            case 0:
                return item(*content, list_id=self._random.randint(0, 5), level=self._random.randint(0, 3))
            case 1:
                return indented(*content, left=360 * self._random.randint(0, 4))
            case 2:
                return p(*(run.replace("<w:rPr>", "<w:rPr><w:b/>") for run in content), mark=mark)
            case _:
                return p(*content, style=self._one_of(STYLES), mark=mark)

    def _table(self, depth: int) -> str:
        merges = ("", "", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>')
        rows = []
        for _ in self._up_to(3, 1):
            cells = ["".join(self._block(depth + 1) for _ in self._up_to(2, 1)) for _ in self._up_to(3, 1)]
            props = self._one_of(("", "", "<w:tblHeader/>"))
            made = [tc(cell, props=self._one_of(merges)) for cell in cells]
            if self._random.randint(0, 4) == 0:
                made.append(sdt(tc(self._block(2)), self._one_of(("", "<w:showingPlcHdr/>"))))
            rows.append(tr(*made, props=props))
        return tbl(*rows, borders=self._one_of(("", LINES, NO_LINES)))

    def _block(self, depth: int) -> str:
        kind = self._random.randint(0, 9)
        if kind == 0 and depth < 2:
            return self._table(depth)
        return sdt(self._paragraph()) if kind == 1 else self._paragraph()
