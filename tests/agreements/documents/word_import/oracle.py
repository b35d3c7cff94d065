"""The words of a .docx, read another way than the portal does: every ``w:t`` in order, and a few rules.

It knows nothing of styles, lists, headings or layout, so it cannot make the same mistakes. What it knows: deleted text
is gone, of two alternatives one is read, a text box is read after its paragraph, a note at its reference, instructions
and tables of contents are no text, hidden text is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from agreements.documents.word_import.text import WordText

WORD = re.compile("[0-9A-Za-zÅÄÖåäöÉé]+(?:[-/.:@’][0-9A-Za-zÅÄÖåäöÉé]+)*")  # word_regex of the manifest
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr")}
BREAKS = {f"{W}{name}" for name in ("p", "br", "tab", "cr", "tc")}


def words(text: str) -> list[str]:
    """The words of a text, counted as in the manifest: NBSP is a space, soft hyphens are nothing."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u00ad", "").replace("\u2011", "-")
    return WORD.findall(text)


def words_of_file(data: bytes) -> list[str]:
    """All words of a file in reading order."""
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        notes = {
            (kind, note.get(f"{W}id")): note
            for kind in ("footnote", "endnote")
            if f"word/{kind}s.xml" in names
            for note in ET.fromstring(archive.read(f"word/{kind}s.xml")).iter(f"{W}{kind}")
        }
        body = ET.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return words("".join(_Reader(notes).read(body)))


class _Reader:
    def __init__(self, notes: dict[tuple[str, str | None], ET.Element]) -> None:
        self.notes = notes
        self.boxes_of_joined: list[ET.Element] = []
        self.fields: list[str] = []  # the instruction of each open field, "…" once it shows its result

    def read(self, element: ET.Element) -> Iterator[str]:
        before, self.boxes_of_joined = self.boxes_of_joined, []
        boxes: list[ET.Element] = []
        yield from self._inside(element, boxes)
        yield from self._boxes([*boxes, *self.boxes_of_joined])
        self.boxes_of_joined = before

    def _boxes(self, boxes: list[ET.Element]) -> Iterator[str]:
        for box in boxes:
            yield " "
            yield from self.read(box)

    def _inside(self, element: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in GONE:
                self._instruct(child)
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{MC}AlternateContent":
                branch = child.find(f"{MC}Choice")
                yield from self._inside(branch if branch is not None else child, boxes)
            elif tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tc":
                yield from self.read(child)
                yield " "
            elif tag == f"{W}tbl":
                joined, self.boxes_of_joined = self.boxes_of_joined, []
                yield from self._boxes(joined)
                yield " "
                yield from self._inside(child, boxes)
            elif tag == f"{W}r":
                yield from self._run(child, boxes)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield from self._note(child)
            elif tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                continue
            elif tag == f"{W}fldChar":
                self._mark(child)
            else:
                yield from self._text(child)
                yield from self._inside(child, boxes)

    def _paragraph(self, paragraph: ET.Element) -> Iterator[str]:
        boxes, self.boxes_of_joined = self.boxes_of_joined, []
        yield from self._inside(paragraph, boxes)
        if self._mark_is_gone(paragraph):
            self.boxes_of_joined = boxes  # they come after the paragraph that this one is joined with
        else:
            yield from self._boxes(boxes)
            yield " "

    def _text(self, element: ET.Element) -> Iterator[str]:
        if any(not shown.startswith("…") or shown.startswith("…TOC") for shown in self.fields):
            return
        if element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag == f"{W}noBreakHyphen":
            yield "-"
        elif element.tag in BREAKS:
            yield " "

    def _run(self, run: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is None or hidden.get(f"{W}val") in ("0", "false"):
            yield from self._inside(run, boxes)

    def _note(self, reference: ET.Element) -> Iterator[str]:
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        yield " "
        yield from self.read(self.notes[kind, reference.get(f"{W}id")])
        yield " "

    def _mark_is_gone(self, paragraph: ET.Element) -> bool:
        return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom"))

    def _instruct(self, element: ET.Element) -> None:
        if element.tag == f"{W}instrText" and self.fields and not self.fields[-1].startswith("…"):
            self.fields[-1] += element.text or ""

    def _mark(self, mark: ET.Element) -> None:
        match mark.get(f"{W}fldCharType"):
            case "begin":
                self.fields.append("")
            case "separate":
                self.fields[-1] = "…" + self.fields[-1].strip()
            case _:
                self.fields.pop()


NOTE = re.compile(r'<sup data-note="([^"]*)"></sup>')
BLOCKS = re.compile(r"</?(?:p|h4|li|td|th|tr|caption|figcaption|blockquote|figure|table|br|ul|ol)\b[^>]*>")


def plain(html: str) -> str:
    """The text of rich text with each note where it is referred to."""
    with_notes = NOTE.sub(lambda match: f" {plain(unescape(match[1]))} ", html)
    return unescape(re.sub(r"<[^>]+>", "", BLOCKS.sub(" ", with_notes)))


def words_of_result(text: WordText) -> list[str]:
    """All words of what was taken in, numbers that Word itself counted left out, since they are no text of the file."""
    pieces = [text.title, text.subtitle]
    for part in text.parts:
        pieces += ["" if part.is_numbered_by_word else part.typed_number, plain(part.heading), plain(part.body)]
    return words(" ".join(pieces))
