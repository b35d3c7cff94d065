"""How each element of a paragraph is read: text and signs, wrappers, notes, drawings, marks of comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreements.documents.word_import import drawings, inline_fields
from agreements.documents.word_import.equations import equation_text
from agreements.documents.word_import.inline import InlineReader
from agreements.documents.word_import.notes import KINDS, said_by, symbol_of, words_of
from agreements.documents.word_import.ooxml import chosen, q
from agreements.documents.word_import.pieces import CommentMark, LineBreak, NoteMark, cut_start, plain_text
from agreements.documents.word_import.refusals import RefusalCode, WordRefused
from agreements.documents.word_import.signs import UNREADABLE, readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from agreements.documents.word_import.ooxml import Element
    from agreements.documents.word_import.pieces import Piece

    Paragraphs = tuple[tuple[Piece, ...], ...]

ID, RELATION, ANCHOR = q("w:id"), q("r:id"), q("w:anchor")


def _text(reader: InlineReader, element: Element) -> None:
    reader.say_placed(readable((element.text or "").replace("\u00ad", "").replace(UNREADABLE, ""), reader.font))


def _symbol(reader: InlineReader, element: Element) -> None:
    reader.say(symbol_of(element))


def _tab(reader: InlineReader, _element: Element) -> None:
    reader.say("\t")


def _hyphen(reader: InlineReader, _element: Element) -> None:
    reader.say_placed("\u2011")


def _break(reader: InlineReader, _element: Element) -> None:
    reader.add(LineBreak())
    reader.book.comments.say(" ")


def _link(reader: InlineReader, element: Element) -> None:
    before = reader.link
    tie = reader.story.ties.get(element.get(RELATION, ""))
    target = "" if tie is None or tie.target.startswith("#") else tie.target if tie.is_external else ""
    if target and (anchor := element.get(ANCHOR)) and "#" not in target:
        target = f"{target}#{anchor}"
    reader.link = reader.address_of(target) if target else before
    is_inner = not target and (tie is not None or element.get(ANCHOR))
    if is_inner and not reader.story.fields.is_contents:
        reader.book.finds.add("inner_links")
    if target and not reader.link:
        reader.book.finds.at("dropped_link", words_of(element))
    reader.read(element)
    reader.link = before


def _inserted(reader: InlineReader, element: Element) -> None:
    reader.book.finds.add("insertions")
    reader.read(element)


def _moved(reader: InlineReader, element: Element) -> None:
    reader.book.finds.add("moves")
    reader.read(element)


def _deleted(reader: InlineReader, element: Element) -> None:
    if element.tag == q("w:del"):
        reader.book.finds.add("deletions")


def _control(reader: InlineReader, element: Element) -> None:
    content = reader.story.content_of(element)
    if content is not None:
        reader.read(content)


def _alternate(reader: InlineReader, element: Element) -> None:
    branch = chosen(element)
    if branch is not None:
        reader.read(branch)


def _ruby(reader: InlineReader, element: Element) -> None:
    for base in element.iter(q("w:rubyBase")):
        reader.read(base)
    above = [text for text in element.iter(q("w:rt")) if words_of(text)]
    for text in above:
        reader.say(" (")
        reader.read(text)
        reader.say(")")


def _equation(reader: InlineReader, element: Element) -> None:
    if text := equation_text(element).strip():
        reader.book.finds.at("equation", text)
        reader.say(text)


def _note(reader: InlineReader, element: Element) -> None:
    if reader.story.is_note or reader.is_silent:
        return
    kind = KINDS[str(element.tag)]
    note = reader.book.notes.take(kind, element.get(ID, ""), reader.near)
    if note is not None:
        paragraphs, loose = reader.story.read_note(kind, note)
        if element.get(q("w:customMarkFollows"), "0") in ("1", "true", "on"):
            reader.is_own_mark = True
            reader.book.finds.add("own_marks")
            paragraphs = _without_mark(paragraphs, "".join(map(said_by, element.itersiblings())).strip())
        reader.add(NoteMark(paragraphs))
        for piece in loose:
            reader.add(piece)


def _without_mark(paragraphs: Paragraphs, mark: str) -> Paragraphs:
    """A note without the sign of its own that it begins with, as the text has none at its reference."""
    text = plain_text(paragraphs[0]) if paragraphs else ""
    rest = text.lstrip().removeprefix(mark)
    is_part_of_word = mark[-1:].isalnum() and rest[:1].isalnum()
    if not mark or not text.lstrip().startswith(mark) or not rest.strip() or is_part_of_word:
        return paragraphs
    return (tuple(cut_start(list(paragraphs[0]), text.index(mark) + len(mark))), *paragraphs[1:])


def _block(reader: InlineReader, element: Element) -> None:
    reader.add_box(reader.story.stray(element))


def _drawing(reader: InlineReader, element: Element) -> None:
    drawings.read(element, reader)


def _comment_start(reader: InlineReader, element: Element) -> None:
    comment_id = element.get(ID, "")
    if reader.book.comments.is_known(comment_id):
        reader.book.comments.start(comment_id)
        reader.pieces.append(CommentMark(comment_id))


def _comment_end(reader: InlineReader, element: Element) -> None:
    reader.book.comments.end(element.get(ID, ""))


def _comment(reader: InlineReader, element: Element) -> None:
    comment_id = element.get(ID, "")
    reader.book.comments.end(comment_id)  # where the end of its words is not marked
    if reader.book.comments.is_known(comment_id) and not reader.book.comments.has_started(comment_id):
        reader.pieces.append(CommentMark(comment_id))


def _refuse(reader: InlineReader, element: Element) -> None:
    raise WordRefused(RefusalCode.OTHER_DOCUMENT_INSIDE, str(element.tag))


_READERS: dict[str, Callable[[InlineReader, Element], None]] = {
    "w:r": InlineReader.read_run,
    "w:t": _text,
    "w:tab": _tab,
    "w:ptab": _tab,
    "w:br": _break,
    "w:cr": _break,
    "w:noBreakHyphen": _hyphen,
    "w:sym": _symbol,
    "w:hyperlink": _link,
    "w:ins": _inserted,
    "w:moveTo": _moved,
    "w:del": _deleted,
    "w:moveFrom": _deleted,
    "w:smartTag": InlineReader.read,
    "w:customXml": InlineReader.read,
    "w:dir": InlineReader.read,
    "w:bdo": InlineReader.read,
    "w:sdt": _control,
    "w:ruby": _ruby,
    "m:oMath": _equation,
    "m:oMathPara": _equation,
    "m:t": _text,
    "mc:AlternateContent": _alternate,
    "w:fldChar": inline_fields.read_mark,
    "w:instrText": inline_fields.read_instruction,
    "w:fldSimple": inline_fields.read_simple,
    "w:footnoteReference": _note,
    "w:endnoteReference": _note,
    "w:p": _block,
    "w:tbl": _block,
    "w:drawing": _drawing,
    "w:pict": _drawing,
    "w:object": _drawing,
    "w:commentRangeStart": _comment_start,
    "w:commentRangeEnd": _comment_end,
    "w:commentReference": _comment,
    "w:altChunk": _refuse,
    "w:subDoc": _refuse,
}
HANDLERS = {q(name): reader for name, reader in _READERS.items()}
