"""What is taken out of a text, and the edition that is left: each passage gives way to one visible mark.

The blocks keep their number, order and ids, and the notes their numbers: only words go, and pictures. The same
document, selection and mark give the same edition, so that it can be shown before it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from agreements.documents import reader, rich_text, runs
from agreements.documents.block_types import Block, Common, ContactCardBlock, Document, FigureBlock
from agreements.documents.html_fields import mapped
from agreements.documents.places import places
from agreements.documents.rich_text import Cell, Figure, ListNode, Node, Paragraph, Quote, Row, Table
from agreements.documents.runs import Run, Runs

WORDS_OF_A_PASSAGE = 3
"""A paragraph of fewer words is removed where it was chosen, and not looked for in other texts ("12")."""

_RICH = re.compile("<(?:p|h4|ul|ol|blockquote|table|figure)[ >]")

Change = Callable[[Runs], Runs]


@dataclass(frozen=True, slots=True)
class Selection:
    """What shall go: paragraphs, pictures, cards and notes by the key of their ``Unit``, and exact words wherever
    they stand, whatever the case."""

    units: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Selection:
        return cls(frozenset(stored.get("units", ())), tuple(stored.get("words", ())))

    def as_json(self) -> dict[str, list[str]]:
        return {"units": sorted(self.units), "words": list(self.words)}

    def __bool__(self) -> bool:
        return bool(self.units or self.words)


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that can be chosen whole: a paragraph, item, cell or heading ("4.0.2": block, piece, paragraph), a
    picture or contact card ("4"), a note ("n3"). ``section_id`` is the section that it stands in."""

    key: str
    section_id: str
    kind: str
    text: str
    asset: str = ""


def units(document: Document) -> list[Unit]:
    """Everything that can be chosen, in reading order, the notes last."""
    found: list[Unit] = []
    for at, place in enumerate(places(document)):
        block = place.block
        if block["type"] == "figure":
            found.append(Unit(f"{at}", place.section_id, "figure", block["alt"] or block["source"], block["asset"]))
        elif block["type"] == "contact_card":
            found.append(
                Unit(f"{at}", place.section_id, "contact_card", f"{block['function']} {block['name']}".strip())
            )

        def note(key: str, inner: Runs, block: Block = block, section_id: str = place.section_id) -> Runs:
            if text := runs.words_of(inner).strip():
                found.append(Unit(key, section_id, block["type"], text))
            return inner

        _each_paragraph(block, at, note)
    for number, html in enumerate(document["notes"], 1):
        found.append(Unit(f"n{number}", "", "note", " ".join(_lines(html))))
    return found


@dataclass(frozen=True)
class Passages:
    """What goes away, as it is found in other texts: exact words, whole paragraphs (folded), pictures, and whose
    contact cards go whole: the name, or where there is none the numbers and the address (folded)."""

    words: tuple[str, ...] = ()
    paragraphs: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document, selection: Selection) -> Passages:
        chosen = _with_notes(document, selection.units)
        gone = [unit for unit in units(document) if unit.key in chosen]
        texts = [folded(unit.text) for unit in gone if "." in unit.key]
        for number, note in enumerate(document["notes"], 1):
            if f"n{number}" in chosen:
                texts += map(folded, _lines(note))
        return cls(
            selection.words,
            frozenset(text for text in texts if len(text.split()) >= WORDS_OF_A_PASSAGE),
            frozenset(unit.asset for unit in gone if unit.asset),
            frozenset(folded(way) for key in chosen for way in _ways(document, key)),
        )

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        found = [r"\s+".join(map(re.escape, word.split())) for word in self.words if word.split()]
        if not found:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Whether any of it stands in a plain text, whose paragraphs are its lines."""
        if self.pattern and self.pattern.search(text):
            return True
        whole = folded(text)
        return any(paragraph in whole for paragraph in self.paragraphs)

    def touches(self, quote: str) -> bool:
        """Whether a quotation, cut off anywhere, shares words in a row with a paragraph that goes."""
        words = folded(quote).split()
        rows = [
            " ".join(words[at : at + WORDS_OF_A_PASSAGE]) for at in range(max(1, len(words) - WORDS_OF_A_PASSAGE + 1))
        ]
        return bool(words) and any(row in paragraph for row in rows for paragraph in self.paragraphs)

    def out_of_plain(self, text: str, mark: str) -> str:
        """A plain text without it. Line breaks stay."""
        lines = [mark if folded(line) in self.paragraphs else line for line in text.split("\n")]
        return self.pattern.sub(lambda _found: mark, "\n".join(lines)) if self.pattern else "\n".join(lines)

    def out_of_html(self, html: str, mark: str) -> str:
        """Canonical HTML, rich or inline, without it; unchanged when nothing of it stands there."""
        return _html(html, lambda inner: self._out_of_runs(inner, mark), self.assets, mark) if html else html

    def _out_of_runs(self, inner: Runs, mark: str) -> Runs:
        if self.paragraphs and folded(runs.words_of(inner)) in self.paragraphs:
            return _marked(inner, mark)
        return self.words_out_of_runs(inner, mark)

    def words_out_of_runs(self, inner: Runs, mark: str) -> Runs:
        """A paragraph without the words, also where bold or a link begins inside them, and its notes without them."""
        inner = tuple(self._out_of_run(run, mark) for run in inner)
        spans = [found.span() for found in self.pattern.finditer(runs.words_of(inner))] if self.pattern else []
        return runs.normalised(_cut(inner, spans, mark)) if spans else inner

    def _out_of_run(self, run: Run, mark: str) -> Run:
        if run.kind == "note":
            run = run._replace(text=self.out_of_html(run.text, mark))
        if self.pattern and self.pattern.search(run.marks.href):
            run = run._replace(marks=run.marks._replace(href=""))
        return run


def redacted(document: Document, selection: Selection, mark: str) -> Document:
    """The edition of the document without what is chosen. A paragraph that goes takes its notes' words with it."""
    chosen = _with_notes(document, selection.units)
    gone = Passages(selection.words)

    def change(key: str, inner: Runs) -> Runs:
        return _marked(inner, mark) if key in chosen else gone.words_out_of_runs(inner, mark)

    blocks = [_block(block, at, chosen, gone, change, mark) for at, block in enumerate(document["blocks"])]
    shown = {block["asset"] for block in blocks if block["type"] == "figure"}
    plain = {name: gone.out_of_plain(str(document[name]), mark) for name in ("title", "subtitle", "scope")}
    edition: Document = {
        **document,
        **plain,  # type: ignore[typeddict-item]
        "blocks": blocks,
        "notes": [
            f"<p>{runs.to_html((Run('text', mark),))}</p>" if f"n{number}" in chosen else gone.out_of_html(note, mark)
            for number, note in enumerate(document["notes"], 1)
        ],
        "assets": {sha256: asset for sha256, asset in document["assets"].items() if sha256 in shown},
    }
    if "attachments" in document:
        edition["attachments"] = [
            {**file, "name": gone.out_of_plain(file["name"], mark)} for file in document["attachments"]
        ]
    return edition


def _ways(document: Document, key: str) -> Iterator[str]:
    """Whose the contact card with that key is: a named one is known by its name, for a switchboard's number is on many.
    Nothing for another unit."""
    block = document["blocks"][int(key)] if key.isdecimal() else None
    if block is not None and block["type"] == "contact_card":
        numbers = (phone["number"] for phone in block["phones"])
        yield from (block["name"],) if block["name"] else filter(None, (block["email"], *numbers))


def folded(text: str) -> str:
    """The words in small letters, one space between them: how passages are compared."""
    return " ".join(text.split()).casefold()


def _with_notes(document: Document, chosen: frozenset[str]) -> frozenset[str]:
    """``chosen`` and the notes that the chosen paragraphs and pictures refer to."""
    found = set(chosen)
    for at, block in enumerate(document["blocks"]):

        def note(key: str, inner: Runs, at: int = at) -> Runs:
            if key in chosen or f"{at}" in chosen:
                found.update(f"n{run.text}" for run in inner if run.kind == "ref")
            return inner

        _each_paragraph(block, at, note)
    return frozenset(found)


def _block(
    block: Block, at: int, chosen: frozenset[str], gone: Passages, change: Callable[[str, Runs], Runs], mark: str
) -> Block:
    if f"{at}" in chosen:
        return _gone(block, mark)
    block = _each_paragraph(block, at, change)
    if block["type"] == "figure":
        return {
            **block,
            "alt": gone.out_of_plain(block["alt"], mark),
            "source": gone.out_of_plain(block["source"], mark),
        }
    return _card(block, gone, mark) if block["type"] == "contact_card" else block


def _card(block: ContactCardBlock, gone: Passages, mark: str) -> Block:
    """A card without the words; one whose number or address they are goes whole, being no way to anybody."""
    ways = [block["email"], *(value for phone in block["phones"] for value in (phone["number"], phone["display"]))]
    if any(gone.is_in(way) for way in ways):
        return _gone(block, mark)
    name, function, organisation = (gone.out_of_plain(block[key], mark) for key in ("name", "function", "organisation"))
    return {**block, "name": name, "function": function, "organisation": organisation}


def _gone(block: FigureBlock | ContactCardBlock | Block, mark: str) -> Block:
    """The mark in the place of a whole block; references to notes stay, or their numbers would not add up."""
    common: Common = {key: block[key] for key in ("id", "lang", "confidentiality", "party")}  # type: ignore[assignment]
    references: list[Run] = []

    def note(_key: str, inner: Runs) -> Runs:
        references.extend(run for run in inner if run.kind == "ref")
        return inner

    _each_paragraph(block, 0, note)
    return {**common, "type": "rich_text", "html": f"<p>{runs.to_html((Run('text', mark), *references))}</p>"}


def _each_paragraph(block: Block, at: int, change: Callable[[str, Runs], Runs]) -> Block:
    """The block with ``change`` done to each of its paragraphs by key, in reading order."""
    piece = -1

    def change_piece(html: str) -> str:
        nonlocal piece
        piece += 1
        paragraph = -1

        def change_paragraph(inner: Runs) -> Runs:
            nonlocal paragraph
            paragraph += 1
            return change(f"{at}.{piece}.{paragraph}", inner)

        return _html(html, change_paragraph) if html else html

    return mapped(block, change_piece)


def _html(html: str, change: Change, assets: frozenset[str] = frozenset(), mark: str = "") -> str:
    """Canonical HTML with every paragraph changed, and the pictures in ``assets`` replaced by the mark."""
    if _RICH.match(html):
        nodes = reader.read_canonical(html)
        changed = tuple(_changed(nodes, change, assets, mark))
        return html if changed == nodes else rich_text.write(changed)
    inner = reader.read_canonical_inline(html)
    after = change(inner)
    return html if after == inner else runs.to_html(after)


def _changed(nodes: Iterable[Node], change: Change, assets: frozenset[str], mark: str) -> Iterator[Node]:
    for node in nodes:
        match node:
            case Paragraph():
                yield replace(node, runs=change(node.runs))
            case ListNode():
                items = (tuple(_changed(item, change, assets, mark)) for item in node.items)
                yield replace(node, items=tuple(items))  # type: ignore[arg-type]
            case Quote():
                yield Quote(tuple(Paragraph(change(paragraph.runs)) for paragraph in node.paragraphs))
            case Table():
                yield _table(node, change)
            case Figure() if node.asset in assets:
                yield Paragraph((Run("text", mark),))
            case Figure():
                yield replace(node, caption=change(node.caption), table=node.table and _table(node.table, change))


def _table(table: Table, change: Change) -> Table:
    def changed(rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(tuple(_cell(cell, change) for cell in row) for row in rows)

    return Table(change(table.caption) if table.caption else (), changed(table.head), changed(table.body))


def _cell(cell: Cell, change: Change) -> Cell:
    return replace(cell, nodes=tuple(_changed(cell.nodes, change, frozenset(), "")))  # type: ignore[arg-type]


def _marked(inner: Runs, mark: str) -> Runs:
    """The mark instead of a paragraph; references to notes stay, or their numbers would not add up."""
    return (Run("text", mark), *(run for run in inner if run.kind == "ref"))


def _cut(inner: Runs, spans: list[tuple[int, int]], mark: str) -> Iterator[Run]:
    """The runs with the mark in the place of each span of their text; notes and references stay."""
    at = 0
    for run in inner:
        length = len(run.text) if run.kind == "text" else 1 if run.kind == "br" else 0
        kept = at
        for start, end in spans:
            if start < at + length and end > at:
                if run.kind == "text" and start > kept:
                    yield run._replace(text=run.text[kept - at : start - at])
                if start >= at:
                    yield Run("text", mark)
                kept = min(end, at + length)
        if run.kind == "text":
            if rest := run.text[kept - at :]:
                yield run._replace(text=rest)
        elif length == 0 or kept == at:
            yield run
        at += length


def _lines(html: str) -> list[str]:
    return [runs.words_of(paragraph.runs) for paragraph in rich_text.paragraphs(reader.read_canonical(html))]
