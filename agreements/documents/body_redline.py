"""The blocks of one section with their differences: blocks in, blocks out, with marks in their HTML.

A block that cannot be shown as one with what it became is shown twice, once gone and once added.
"""

from collections.abc import Iterable, Iterator, Mapping

from agreements.documents.block_types import Block, RichTextBlock
from agreements.documents.changed_block import ChangedBlock
from agreements.documents.content_keys import content_key, frame_of, has_own_id
from agreements.documents.listing import listed_html
from agreements.documents.marking import Mark
from agreements.documents.text_redline import TextRedline
from agreements.documents.units import Unit, units


class BodyRedline:
    """Compares what stands under a heading; ``text.found`` gathers what changed in words."""

    def __init__(self, text: TextRedline) -> None:
        self._text = text
        self._changed = ChangedBlock(text)

    def compare(self, old: Iterable[Block], new: Iterable[Block]) -> list[Block]:
        """The blocks of a section, without its heading, with their differences."""
        olds, news = list(units(old)), list(units(new))
        common = _own_ids(olds) & _own_ids(news)
        made = self._text.merged(
            [_html(unit) for unit in olds],
            [_html(unit) for unit in news],
            keys=(
                [_key(unit, common, self._text.notes.old_texts) for unit in olds],
                [_key(unit, common, self._text.notes.new_texts) for unit in news],
            ),
            fits=lambda i, j: _fit(olds[i], news[j], common),
            added=lambda j: self._whole(news[j], "added"),
            removed=lambda i: self._whole(olds[i], "removed"),
            pair=lambda i, j: self._pair(olds[i], news[j]),
        )
        return list(_joined(block for blocks in made for block in blocks))

    def compare_sections(
        self, old_heading: Block | None, old: Iterable[Block], new_heading: Block | None, new: Iterable[Block]
    ) -> list[Block]:
        """A section that is in both versions, with its heading."""
        headings: list[Block] = []
        if old_heading and new_heading:
            headings = self._changed.pair(old_heading, new_heading)
        return [*headings, *self.compare(old, new)]

    def whole(self, blocks: Iterable[Block], mark: Mark) -> list[Block]:
        """The blocks of a section that has come or gone."""
        return [marked for block in blocks for marked in self._changed.whole(block, mark)]

    def _whole(self, unit: Unit, mark: Mark) -> list[Block]:
        if unit.text:
            return [{**unit.text, "html": self._text.whole(unit.text["html"], mark)}]
        return self._changed.whole(unit.block, mark)

    def _pair(self, old: Unit, new: Unit) -> list[Block]:
        if old.text and new.text:
            return [{**new.text, "html": self._text.rich(old.text["html"], new.text["html"])}]
        return self._changed.pair(old.block, new.block)


def _own_ids(parts: Iterable[Unit]) -> set[str]:
    return {unit.block["id"] for unit in parts if not unit.text and has_own_id(unit.block)}


def _key(unit: Unit, common: set[str], note_texts: Mapping[str, str]) -> object:
    known = not unit.text and unit.block["id"] in common
    return ("id", unit.block["id"]) if known else content_key(unit.text or unit.block, note_texts)


def _html(unit: Unit) -> str:
    return unit.text["html"] if unit.text else listed_html(unit.block)


def _fit(old: Unit, new: Unit, common: set[str]) -> bool:
    if old.text and new.text:
        return old.kind == new.kind and frame_of(old.text) == frame_of(new.text)
    if old.text or new.text or {old.block["id"], new.block["id"]} & common:
        return False
    return frame_of(old.block) == frame_of(new.block)


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Text that follows text is one block again."""
    waiting: RichTextBlock | None = None
    for block in blocks:
        if block["type"] == "rich_text" and waiting and frame_of(block) == frame_of(waiting):
            waiting = {**waiting, "html": waiting["html"] + block["html"]}
            continue
        if waiting:
            yield waiting
        waiting = block if block["type"] == "rich_text" else None
        if block["type"] != "rich_text":
            yield block
    if waiting:
        yield waiting
