"""Where lines may end, told to WeasyPrint by the HTML: it errs at spaces that do not fit, and before notes."""

from typing import Any
from xml.etree import ElementTree  # makes elements, parses nothing

SPACES = " \t\n"  # that a line may end at
INLINE = frozenset(("a", "b", "strong", "i", "em", "ins", "del", "span"))
ENDS = frozenset(("br", "p", "ul", "ol", "blockquote", "table", "div", "section"))  # before which a line ends
NOTE = "footnote"  # the class of a note in the text


def settle(parent: Any) -> None:
    """Mark up the tree in place, below ``parent``; no word becomes another."""
    for child in list(parent):
        settle(child)
    for index, child in reversed(list(enumerate([*parent, None]))):
        text = _text_before(parent, index)
        kept = text.rstrip(SPACES)
        if kept != text:
            _set_space_apart(parent, index, child, kept)
        elif text and child is not None and is_note(child):
            _keep_to_its_word(parent, index, child, text)


def is_note(element: Any) -> bool:
    return NOTE in element.get("class", "").split()


def _set_space_apart(parent: Any, index: int, child: Any, words: str) -> None:
    """Give the space between ``words`` and ``child`` an element of its own, and take it away where a line ends anyway:
    where the words end with the line and it does not fit, only the first of them would be left on the line."""
    if not words:
        return
    _write_before(parent, index, words)
    if child.tag not in ENDS if child is not None else parent.tag in INLINE:
        space = ElementTree.Element("span")
        space.text = " "
        parent.insert(index, space)


def _keep_to_its_word(parent: Any, index: int, note: Any, text: str) -> None:
    """A note's number never begins a line, which it might after a full stop."""
    if text[-1].isalnum():
        return
    _write_before(parent, index, text[:-1])
    together = ElementTree.Element("span", style="white-space: nowrap")
    together.text, together.tail, note.tail = text[-1], note.tail, None
    parent.remove(note)
    together.append(note)
    parent.insert(index, together)


def _text_before(parent: Any, index: int) -> str:
    text = parent[index - 1].tail if index else parent.text
    return text or ""


def _write_before(parent: Any, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = text
    else:
        parent.text = text
