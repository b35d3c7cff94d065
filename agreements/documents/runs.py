"""Inline content as runs: pieces that carry the same marks.

A paragraph, a heading, a caption and a label are all a tuple of runs. Written out, the marks nest in one
fixed order (link, language, strong, em), so that the same text has exactly one spelling.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Literal, NamedTuple

from samverkan.plain_text import visible

WHITESPACE = re.compile("[ \t\n\r\x85\u2028\u2029]+")

RunKind = Literal["text", "br", "note", "ref"]


class Marks(NamedTuple):
    """What a run is set in; the order of the fields is the order of nesting."""

    href: str = ""
    lang: str = ""
    strong: bool = False
    em: bool = False


PLAIN = Marks()


class Run(NamedTuple):
    """One piece. ``text`` is the words, nothing for a line break, a note's own HTML, or a note's number."""

    kind: RunKind
    text: str
    marks: Marks = PLAIN


Runs = tuple[Run, ...]


def clean_text(text: str) -> str:
    """Drop what no reader sees and no database holds; whitespace (NBSP excepted) becomes single spaces."""
    return unicodedata.normalize("NFC", WHITESPACE.sub(" ", visible(text)))


def normalised(runs: Iterable[Run]) -> Runs:
    """Bring runs into their one form; nothing at all when there is neither a word nor a note."""
    trimmed = _trimmed(list(_single_spaced(_merged(runs))))
    if not any(run.kind in ("note", "ref") or run.text.strip() for run in trimmed):
        return ()
    return tuple(_merged(_gaps_between([piece for run in trimmed for piece in _pieces(run)])))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    for (kind, marks), group in groupby(runs, key=lambda run: (run.kind, run.marks)):
        if kind == "text":
            if text := clean_text("".join(run.text for run in group)):
                yield Run("text", text, marks)
        else:
            yield from group


def _single_spaced(runs: Iterable[Run]) -> Iterator[Run]:
    """Let a space at the end of one run swallow the one that begins the next."""
    after_space = True
    for run in runs:
        if run.kind == "text":
            text = run.text.removeprefix(" ") if after_space else run.text
            after_space = text.endswith(" ") if text else after_space
            if text:
                yield run._replace(text=text)
        else:
            after_space = run.kind == "br"
            yield run


def _trimmed(runs: list[Run]) -> list[Run]:
    """Take away breaks at either end and the space before a break or at the end."""
    kept: list[Run] = []
    for run in runs:
        if run.kind == "br":
            _strip_end(kept)
        if kept or run.kind != "br":
            kept.append(run)
    _strip_end(kept)
    while kept and kept[-1].kind == "br":
        kept.pop()
        _strip_end(kept)
    return kept


def _strip_end(runs: list[Run]) -> None:
    while runs and runs[-1].kind == "text":
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = runs[-1]._replace(text=text)
            return
        runs.pop()


def _pieces(run: Run) -> Iterator[Run]:
    """The run with the spaces at its ends as runs of their own."""
    if run.kind != "text":
        yield run._replace(marks=PLAIN)
        return
    words = run.text.strip(" ")
    before, after = run.text.startswith(" "), run.text.endswith(" ")
    parts = [" "] if not words else [*([" "] if before else []), words, *([" "] if after else [])]
    yield from (run._replace(text=part) for part in parts)


def _is_gap(run: Run) -> bool:
    return run.kind == "br" or (run.kind == "text" and run.text == " ")


def _gaps_between(runs: list[Run]) -> Iterator[Run]:
    """Set a space or break in what stands on both sides of it.

    A link over two lines stays one link, and a space after a bold word is not bold.
    """
    before = PLAIN
    after = [PLAIN] * len(runs)
    for index in range(len(runs) - 2, -1, -1):
        after[index] = after[index + 1] if _is_gap(runs[index + 1]) else runs[index + 1].marks
    for index, run in enumerate(runs):
        if _is_gap(run):
            yield run._replace(marks=common_marks(before, after[index]))
        else:
            before = run.marks
            yield run


def common_marks(one: Marks, other: Marks) -> Marks:
    """What two runs have in common; nothing when they are not in the same link."""
    if one.href != other.href:
        return PLAIN
    return Marks(
        one.href,
        one.lang if one.lang == other.lang else "",
        one.strong and other.strong,
        one.em and other.em,
    )


def to_html(runs: Iterable[Run]) -> str:
    """Write normalised runs as HTML; the text is escaped, the marks are opened and closed in their order."""
    parts: list[str] = []
    opened: list[tuple[str, str]] = []
    marks = PLAIN
    for run in runs:
        if run.marks != marks:
            marks = run.marks
            wanted = _tags(marks)
            kept = _shared(opened, wanted)
            parts.extend(f"</{name}>" for name, _ in reversed(opened[kept:]))
            parts.extend(tag for _, tag in wanted[kept:])
            opened = wanted
        parts.append(_piece(run, after_tag=not parts or parts[-1].endswith(">")))
    parts.extend(f"</{name}>" for name, _ in reversed(opened))
    return "".join(parts)


def _shared(opened: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> int:
    count = 0
    for one, other in zip(opened, wanted, strict=False):
        if one != other:
            break
        count += 1
    return count


def _tags(marks: Marks) -> list[tuple[str, str]]:
    tags: list[tuple[str, str]] = []
    if marks.href:
        tags.append(("a", f'<a href="{escape(marks.href)}">'))
    if marks.lang:
        tags.append(("span", f'<span lang="{escape(marks.lang)}">'))
    if marks.strong:
        tags.append(("strong", "<strong>"))
    if marks.em:
        tags.append(("em", "<em>"))
    return tags


def _piece(run: Run, *, after_tag: bool) -> str:
    if run.kind == "br":
        return "<br>"
    if run.kind == "note":
        return f'<sup data-note="{escape(run.text)}"></sup>'
    if run.kind == "ref":
        return f'<sup data-ref="{escape(run.text)}"></sup>'
    text = escape(run.text, quote=False)
    # U+0338 would join the tag's ">" to one sign when the whole text is normalised.
    return text.replace("\u0338", "&#824;", 1) if after_tag and text.startswith("\u0338") else text


def words_of(runs: Iterable[Run]) -> str:
    """The text alone; a line break is a space, a note nothing."""
    return "".join(run.text if run.kind == "text" else " " if run.kind == "br" else "" for run in runs)
