"""One story of a file (the text, the notes, a page header): its paragraphs and tables in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import import table_reader
from agreements.documents.word_import.blocks import Block, Paragraph, Table, paragraphs_in, tables_in, text_of
from agreements.documents.word_import.fields import Fields
from agreements.documents.word_import.inline import InlineReader
from agreements.documents.word_import.inline_elements import HANDLERS
from agreements.documents.word_import.notes import says_anything, words_of
from agreements.documents.word_import.ooxml import (
    ALTERNATE,
    GONE,
    PARAGRAPH,
    TABLE,
    child,
    chosen,
    is_on,
    q,
    val,
)
from agreements.documents.word_import.paragraph_reader import read_paragraph, settled
from agreements.documents.word_import.pieces import CommentMark, PictureMark, Words, is_empty, plain_text
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.style_names import OPENS_CONTENTS, Kind
from agreements.documents.word_import.styles import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agreements.documents.word_import.book import Book
    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.package import Relationship
    from agreements.documents.word_import.pieces import Piece, Pieces

SDT, CONTENT = q("w:sdt"), q("w:sdtContent")
WRAPPERS = frozenset({q("w:customXml"), q("w:ins"), q("w:moveTo"), q("w:smartTag"), CONTENT})
REFUSED = frozenset({q("w:altChunk"), q("w:subDoc")})
SILENT = frozenset({q("w:sectPr"), q("w:tblPr"), q("w:tcPr"), q("w:sdtPr"), q("w:pPr")})
BESIDE_CONTENT = frozenset({q("w:sdtPr"), q("w:sdtEndPr")})
CONTENTS_GALLERY = "table of contents"
GOOGLES = "goog_rdk_"  # by these Google Docs finds passages again; there is nothing to fill in


class Story:
    """Reads blocks. ``part`` is the name of the part that the story is in, for its relationships."""

    handlers = HANDLERS

    def __init__(self, book: Book, part: str, root: Element, *, is_note: bool = False) -> None:
        self.book = book
        self.ties: Mapping[str, Relationship] = book.package.relationships(part)
        self.fields = Fields(root)
        self.contents: list[str] = []  # words of tables of contents, left out
        self.is_note = is_note
        self.last_words = ""
        self._notes: dict[str, Story] = {}
        self._waiting: Pieces = []  # what stands between paragraphs: comment marks and stray runs
        self._waiting_boxes: list[Block] = []

    def blocks(self, parent: Iterable[Element]) -> list[Block]:
        """The paragraphs and tables inside an element, with tracked changes accepted."""
        gathered: list[Block] = []
        self._gather(parent, gathered)
        self._close_waiting(gathered)
        return settled(gathered)

    def _gather(self, parent: Iterable[Element], blocks: list[Block]) -> None:
        for element in parent:
            tag, told = element.tag, len(self.contents)
            if tag == PARAGRAPH:
                blocks.append(self._paragraph(element))
            elif tag == TABLE:
                self._close_waiting(blocks)
                blocks.append(table_reader.read_table(element, self))
            elif tag == SDT:
                content = self.content_of(element)
                if content is not None:
                    self._gather(content, blocks)
            elif tag == ALTERNATE:
                branch = chosen(element)
                if branch is not None:
                    self._gather(branch, blocks)
            elif tag in WRAPPERS:
                self._gather(element, blocks)
            else:
                self._gather_other(element, blocks)
            if len(self.contents) > told:
                self._leave_out_opening(blocks, told)

    def _leave_out_opening(self, blocks: list[Block], told: int) -> None:
        """Leave out the word over a table of contents ("Innehåll") too; ``told`` of its words stood there before."""
        last = next((one for one in reversed(blocks) if isinstance(one, Table) or not is_empty(one.pieces)), None)
        words = plain_text(last.pieces).strip(" :") if isinstance(last, Paragraph) else ""
        if isinstance(last, Paragraph) and words.casefold() in OPENS_CONTENTS:
            self.contents.insert(told, f"{words} ")
            last.pieces = [piece for piece in last.pieces if isinstance(piece, CommentMark)]

    def _gather_other(self, element: Element, blocks: list[Block]) -> None:
        tag = element.tag
        if tag in REFUSED:
            raise WordRefused(RefusalCode.OTHER_DOCUMENT_INSIDE, str(tag))
        if tag in GONE:
            self.book.finds.add("deletions")
        elif tag in self.handlers:
            self._wait(element)
        elif tag not in SILENT and says_anything(element):
            self.book.finds.at("unknown_element", str(tag).rpartition("}")[2])
            self._gather(element, blocks)

    def _wait(self, element: Element) -> None:
        """Read something inline that stands outside any paragraph; it goes with the next one."""
        reader = InlineReader(self, Style())
        reader.read_one(element)
        self._waiting += reader.pieces
        self._waiting_boxes += reader.boxes

    def _close_waiting(self, blocks: list[Block]) -> None:
        if self._waiting or self._waiting_boxes:
            blocks.append(Paragraph(self._waiting, Style(), boxes=self._waiting_boxes))
            self._waiting, self._waiting_boxes = [], []

    def _paragraph(self, element: Element) -> Paragraph:
        waiting, self._waiting = self._waiting, []
        boxes, self._waiting_boxes = self._waiting_boxes, []
        if self.fields.is_contents and self._is_heading(element):
            self.fields.leave_contents()
        paragraph = read_paragraph(element, self)
        paragraph.pieces, paragraph.boxes = waiting + paragraph.pieces, boxes + paragraph.boxes
        self.book.comments.say(" ")
        if self.fields.is_contents and self.contents:
            self.contents.append(" ")
        self._remember(paragraph.pieces)
        return paragraph

    def _is_heading(self, element: Element) -> bool:
        """Whether a paragraph is a heading of the text: no table of contents has one, so its end is misplaced."""
        style = self.book.styles.paragraph(val(element, "w:pPr", "w:pStyle"))
        words = words_of(element)
        return style.kind == Kind.HEADING and bool(words) and words.casefold() not in OPENS_CONTENTS

    def _remember(self, pieces: Pieces) -> None:
        words = next((piece.text for piece in reversed(pieces) if isinstance(piece, Words) and piece.text.strip()), "")
        self.last_words = words[-60:] or self.last_words

    def content_of(self, control: Element) -> Element | None:
        """What a content control holds; None when it is only an instruction or a table of contents."""
        properties = child(control, "w:sdtPr")
        inside = [inner for inner in control if inner.tag not in BESIDE_CONTENT]
        if not inside:
            return None
        content = inside[0] if [inner.tag for inner in inside] == [CONTENT] else control
        if is_on(properties, "w:showingPlcHdr"):
            if words := words_of(content):
                self.book.finds.at("placeholder", words)
            return None
        gallery = val(properties, "w:docPartObj", "w:docPartGallery") or ""
        if gallery.lower() == CONTENTS_GALLERY:
            return self._without_contents(content)
        if not gallery and not (val(properties, "w:tag") or "").startswith(GOOGLES):
            self.book.finds.add("controls")
        return content

    def _without_contents(self, content: Element) -> Element | None:
        """What stands in the frame of a table of contents without belonging to it: from the first heading on, since
        people go on writing where the frame has not ended. Nothing, as a rule."""
        at = next((at for at, inner in enumerate(content) if inner.tag == PARAGRAPH and self._is_heading(inner)), None)
        own = list(content)[:at]
        self.contents.append(" ".join(words_of(inner) for inner in own))
        if at is None:
            return None
        for inner in own:
            content.remove(inner)
        return content

    def box(self, element: Element) -> list[Block]:
        """The text of a text box."""
        with self.book.comments.aside():
            blocks = self.blocks(element)
        for paragraph in paragraphs_in(blocks):
            paragraph.is_boxed = True
        if words := text_of(blocks):
            self.book.finds.at("text_box", words)
        return blocks

    def stray(self, element: Element) -> list[Block]:
        """A paragraph or table inside a paragraph, where none may stand."""
        if says_anything(element):
            self.book.finds.at("unknown_element", str(element.tag).rpartition("}")[2])
        return self.blocks([element])

    def plain(self, words: str, what: str) -> list[Block]:
        """Words of a drawing as a paragraph, with a line in the report."""
        if not words.strip():
            return []
        self.book.finds.at(what, words)
        return [Paragraph([Words(words)], Style(Kind.BODY), is_boxed=True)]

    def read_note(self, kind: str, note: Element) -> tuple[tuple[tuple[Piece, ...], ...], list[Piece]]:
        """A note's paragraphs, and what cannot stand in a note: its pictures."""
        if kind not in self._notes:
            part = self.book.package.related(self.book.package.main, kind) or ""
            root = note.getparent()
            self._notes[kind] = Story(self.book, part, note if root is None else root, is_note=True)
        paragraphs: list[tuple[Piece, ...]] = []
        loose: list[Piece] = []
        with self.book.comments.aside():
            blocks = self._notes[kind].blocks(note)
        for table in tables_in(blocks):
            if words := text_of([table]):
                self.book.finds.at("table_in_note", words)
        for paragraph in paragraphs_in(blocks):
            pictures = [piece for piece in paragraph.pieces if isinstance(piece, PictureMark)]
            kept: Pieces = [piece for piece in paragraph.pieces if not isinstance(piece, PictureMark)]
            loose += pictures
            if not is_empty(kept):
                paragraphs.append(tuple(kept))
        for picture in loose:
            if isinstance(picture, PictureMark):
                self.book.finds.at("moved_picture", picture.alt or self.last_words)
        return tuple(paragraphs), loose
