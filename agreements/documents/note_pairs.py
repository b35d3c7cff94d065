"""Which note of one document is which of another: numbers shift whenever a note comes or goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreements.documents.align import align, bag, likeness
from agreements.documents.notes import REFERENCE
from agreements.documents.text import plain


@dataclass(frozen=True, slots=True)
class NotePairs:
    """Both documents' notes by number.

    ``old_texts`` and ``new_texts`` say what a note is by its exact text; ``old_keys`` and ``new_keys`` are
    equal for a note and what became of it.
    """

    old: Sequence[str]
    new: Sequence[str]
    old_texts: Mapping[str, str]
    new_texts: Mapping[str, str]
    old_keys: Mapping[str, str]
    new_keys: Mapping[str, str]

    def changed(self) -> Iterator[tuple[int, int]]:
        """Numbers, old and new, of notes of which one became the other with another text."""
        by_key = {key: int(number) for number, key in reversed(list(self.old_keys.items()))}
        for number, key in self.new_keys.items():
            if key in by_key and self.new_texts[number] not in self.old_texts.values():
                yield by_key[key], int(number)

    def became(self) -> dict[str, str]:
        """The new number of each old note that is there still, with another text or the same; as references name them
        in a redline."""
        numbers = {key: number for number, key in reversed(list(self.new_keys.items()))}
        return {f"old-{number}": numbers[key] for number, key in self.old_keys.items() if key in numbers}

    def added(self) -> set[str]:
        """Numbers of the new notes that none of the old ones has become."""
        known = set(self.old_keys.values())
        return {number for number, key in self.new_keys.items() if key not in known}

    def removed(self) -> set[str]:
        """The old notes that have become none of the new ones, as references name them in a redline."""
        known = set(self.new_keys.values())
        return {f"old-{number}" for number, key in self.old_keys.items() if key not in known}

    def others(self) -> set[str]:
        """The notes that came, went or have another text, as references name them in a redline."""
        return self.added() | self.removed() | {str(number) for _old, number in self.changed()}


def pair_notes(old: Sequence[str], new: Sequence[str]) -> NotePairs:
    """Pair equal notes with each other, and of the rest those that are alike, in order."""
    texts = {note: str(index) for index, note in enumerate(dict.fromkeys([*old, *new]))}
    old_texts = {str(number): texts[note] for number, note in enumerate(old, 1)}
    new_texts = {str(number): texts[note] for number, note in enumerate(new, 1)}
    became = _became([note for note in old if note not in set(new)], [note for note in new if note not in set(old)])
    old_keys = {number: texts[became.get(old[int(number) - 1], old[int(number) - 1])] for number in old_texts}
    return NotePairs(old, new, old_texts, new_texts, old_keys, new_texts)


def _became(gone: list[str], added: list[str]) -> dict[str, str]:
    if not gone or not added:
        return {}
    bags = {note: bag(plain(note)) for note in (*gone, *added)}
    pairs = align(gone, added, lambda i, j: likeness(bags[gone[i]], bags[added[j]]))
    return {gone[i]: added[j] for i, j in pairs if i is not None and j is not None}


def resolved(html: str, texts: Mapping[str, str]) -> str:
    """HTML in which a reference names its note by its text, comparable between the documents."""
    if "data-ref" not in html:
        return html
    return REFERENCE.sub(lambda match: f'<sup data-ref="{texts.get(match[1], "")}"></sup>', html)


def spelled_out(html: str, notes: Sequence[str]) -> str:
    """HTML with each note, as it is written, in the place of its reference."""
    return REFERENCE.sub(lambda match: notes[int(match[1]) - 1], html) if "data-ref" in html else html


def of_the_old(html: str) -> str:
    """HTML of the old document whose references say so."""
    return REFERENCE.sub(r'<sup data-ref="old-\1"></sup>', html) if "data-ref" in html else html
