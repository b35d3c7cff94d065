"""Finding a quoted passage again in a text that may have been rewritten since: by whole words and their neighbours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agreements.documents.block_types import Document
from agreements.documents.html_fields import pieces
from agreements.documents.notes import REFERENCE
from agreements.documents.places import places
from agreements.documents.text import WORD, block_lines, plain

NEIGHBOURS = 3
"""So many words on either side tell one occurrence from another."""
TELLING = 3
"""A passage of so many words is its own proof, when nothing is known of what stood around it."""
_LAST_WORD = re.compile(r"\w+\Z")
_FIRST_WORD = re.compile(r"\w+")

Words = list[str]


def words_of(text: str) -> Words:
    """The words in small letters, without signs between them, so that "– tre, fyra" is "tre fyra"."""
    return WORD.findall(text.casefold())


def section_words(document: Document) -> dict[str, Words]:
    """The words of each section by the id of its heading; what stands before the first heading under "".

    A section without a heading has the id that its parts begin with. What notes say comes after the section's
    text, so that a passage with a reference in it still is one run of words.
    """
    texts: dict[str, list[str]] = {"": []}
    notes: dict[str, list[str]] = {}
    current = ""
    for place in places(document):
        block = place.block
        if block["type"] == "heading":
            current = block["id"]
        elif place.section_id != block["id"] and place.section_id not in texts:
            current = place.section_id
        texts.setdefault(current, []).extend(block_lines(block, ()))
        numbers = [int(number) for html in pieces(block) for number in REFERENCE.findall(html)]
        notes.setdefault(current, []).extend(
            plain(document["notes"][number - 1]) for number in numbers if 0 < number <= len(document["notes"])
        )
    return {key: words_of(" ".join([*lines, *notes.get(key, ())])) for key, lines in texts.items()}


@dataclass(frozen=True)
class Quotation:
    """A passage as it was quoted: the id of its section ("" for the whole text), and a little of what stood before
    and after it. An empty ``quote`` means the section itself."""

    section_id: str
    quote: str
    before: str = ""
    after: str = ""

    def place_in(self, texts: Mapping[str, Words]) -> str | None:
        """The id of the section where the passage stands in ``texts`` (``section_words``), None where it does not.

        Its own section is asked first. There it may stand once with whatever around it; where it stands several
        times, or only in other sections, what was around it decides. When that is not known, a passage has moved
        only if it is of some length and stands in one place.
        """
        if not self.quote:
            return self.section_id if not self.section_id or self.section_id in texts else None
        wanted = words_of(self.quote)
        found = [(key, at) for key, words in texts.items() for at in occurrences(words, wanted)]
        home = [(key, at) for key, at in found if not self.section_id or key == self.section_id]
        if len(home) == 1 or (home and not self._has_neighbours):
            return home[0][0]
        if self._has_neighbours:
            return next((key for key, at in home or found if self._fits(texts[key], at, len(wanted))), None)
        return found[0][0] if len(found) == 1 and len(wanted) >= TELLING else None

    @property
    def _has_neighbours(self) -> bool:
        return bool(words_of(self.before) or words_of(self.after))

    def _fits(self, words: Words, at: int, length: int) -> bool:
        """Whether the words nearest on one side are those that stood there."""
        before, after = words_of(self.before)[-NEIGHBOURS:], words_of(self.after)[:NEIGHBOURS]
        end = at + length
        stood_before = bool(before) and words[max(0, at - len(before)) : at] == before
        return stood_before or (bool(after) and words[end : end + len(after)] == after)


def occurrences(words: Words, wanted: Words) -> list[int]:
    """Where ``wanted`` begins in ``words``, word by word; nowhere when nothing is wanted."""
    length = len(wanted)
    return [at for at in range(len(words) - length + 1) if length and words[at : at + length] == wanted]


def whole_words(before: str, quote: str, after: str) -> tuple[str, str, str]:
    """The passage out to the ends of the words that the marking cut through: "före|bygga bro|tt"."""
    if quote[:1].isalnum() and (head := _LAST_WORD.search(before)):
        before, quote = before[: head.start()], head[0] + quote
    if quote[-1:].isalnum() and (tail := _FIRST_WORD.match(after)):
        quote, after = quote + tail[0], after[tail.end() :]
    return before, quote, after
