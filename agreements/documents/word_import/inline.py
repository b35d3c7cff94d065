"""Reads what stands inside a paragraph, element by element.

The readings of the elements are in ``inline_elements`` and ``inline_fields``. What is unknown but holds words is read
through, with a line in the report, so that no word is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.addresses import clean_href
from agreements.documents.word_import.looks import NOTHING, effective, read_look
from agreements.documents.word_import.notes import says_anything
from agreements.documents.word_import.ooxml import child, q, val
from agreements.documents.word_import.pieces import PLAIN, Format, Pieces, Words, plain_text
from agreements.documents.word_import.raised import in_signs
from agreements.documents.word_import.struck import Struck

if TYPE_CHECKING:
    from agreements.documents.word_import.blocks import Block
    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.pieces import Piece
    from agreements.documents.word_import.story import Story
    from agreements.documents.word_import.styles import Style

IGNORED = frozenset(q(name) for name in ("w:pPr", "w:rPr", "w:softHyphen", "w:delText", "w:delInstrText"))
NO_LANGUAGE = frozenset({"", "x-none", "zxx", "und"})


class InlineReader:
    """Reads one paragraph. ``pieces`` is what it found, ``boxes`` the text of its text boxes."""

    def __init__(self, story: Story, style: Style) -> None:
        self.story = story
        self.book = story.book
        self.pieces: Pieces = []
        self.boxes: list[Block] = []
        self._style = style
        self.format = PLAIN
        self.font: str | None = None
        self.position = ""
        self.hidden: list[str] | None = None
        self.link = ""
        self.is_own_mark = False  # what follows in the run is the sign of a note, which is numbered here
        self.struck = Struck()

    def read(self, parent: Element) -> None:
        """Read all children of an element."""
        for element in parent:
            self.read_one(element)

    def read_one(self, element: Element) -> None:
        """Read one element that stands in a paragraph."""
        handler = self.story.handlers.get(str(element.tag))
        if handler is not None:
            handler(self, element)
        elif element.tag not in IGNORED and says_anything(element):
            self.book.finds.at("unknown_element", str(element.tag).rpartition("}")[2])
            self.read(element)

    @property
    def is_silent(self) -> bool:
        """Whether what is read now is no part of the text: hidden, an instruction, or a table of contents."""
        fields = self.story.fields
        return self.hidden is not None or fields.is_contents or fields.is_instructing

    def say(self, text: str) -> None:
        """Words of the text, unless they are hidden, an instruction, or part of a table of contents."""
        if self.is_own_mark:
            return
        self.story.fields.hear(text)
        if self.hidden is not None:
            if not self.story.fields.is_instructing:
                self.hidden.append(text)
        elif self.story.fields.is_contents:
            self.story.contents.append(text)
        elif text and not self.story.fields.is_instructing:
            self.pieces.append(Words(text, self.format))
            self.book.comments.say(text)
            self.book.languages[self.format.language or self.book.styles.defaults.language or ""] += len(text)

    def say_placed(self, text: str) -> None:
        """Words of the text as they stand on the line: raised and lowered ones in the signs that there are for them."""
        placed = in_signs(text, self.position)
        if placed is None and not self.is_silent:
            self.book.finds.at("raised", f"{self.near}{text}")
        self.say(text if placed is None else placed)

    def add(self, piece: Piece) -> None:
        """Something that is no words, where words would be read."""
        if not self.is_silent:
            self.pieces.append(piece)

    def add_box(self, blocks: list[Block]) -> None:
        """The text of a text box tied to this paragraph."""
        if not self.is_silent:
            self.boxes += blocks

    @property
    def near(self) -> str:
        """The last words before where the reading stands, to find the place by."""
        return plain_text(self.pieces)[-60:] or self.story.last_words

    def read_run(self, run: Element) -> None:
        """Read a run: words in one look."""
        properties = child(run, "w:rPr")
        before = self.format, self.font, self.hidden, self.position
        start = len(self.pieces)
        is_struck = self._take_look(properties)
        self.read(run)
        if is_struck:
            self.struck.hear(self.pieces, start)
        hidden = self.hidden
        self.format, self.font, self.hidden, self.position = before
        self.is_own_mark = False
        if hidden and before[2] is None and "".join(hidden).strip():
            self.book.finds.at("hidden_text", "".join(hidden))

    def _take_look(self, properties: Element | None) -> bool:
        """Set how the run looks; True when a line goes through it."""
        styles = self.book.styles
        direct = read_look(properties)
        character = styles.character(val(properties, "w:rStyle")) if properties is not None else NOTHING
        look = effective(direct, character, self._style.look, styles.defaults)
        language = (look.language or "").lower()
        self.format = Format(
            bool(look.bold),
            bool(look.italic),
            "" if language in NO_LANGUAGE else look.language or "",
            self.href_here(),
            look.size or 0,
        )
        self.font = look.font
        self.position = look.position or ""
        if look.hidden and self.hidden is None:
            self.hidden = []
        return bool(look.struck)

    def href_here(self) -> str:
        """The address of the link that the reading stands in."""
        link = self.story.fields.href
        return self.link or (self.address_of(link) if link else "")

    @staticmethod
    def address_of(target: str) -> str:
        """An address that may be followed from the portal, or nothing."""
        target = target.strip()
        return clean_href(f"https://{target}" if target.lower().startswith("www.") else target)
