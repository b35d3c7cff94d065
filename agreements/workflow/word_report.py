"""What became of a Word file: each thing found and where it went, and whether every word is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from agreements.documents.block_types import Document
from agreements.documents.text import WORD, plain, to_text
from agreements.documents.word_import.report import Line, LineKind, Report
from agreements.documents.word_import.tally import NOTE, TAGS, plain_words
from agreements.documents.word_import.text import WordText
from agreements.models import Annex
from agreements.selectors.draft import draft_document
from agreements.workflow.word_plan import Planned

COUNTED = ("words", "headings", "lists", "tables", "notes", "figures", "links", "comments")
NAMES = ("author", "last_modified_by", "comment_author")


@dataclass(frozen=True)
class Landed:
    """A section that the file became: its heading in plain words, and the place in the template that it took
    (empty: a section of the text's own).

    ``found`` counts what stands in it, words of the heading included; ``sub_headings`` are headings of the file
    that became sub-headings in its text.
    """

    heading: str
    level: int
    key: str
    is_sheet: bool
    found: tuple[Line, ...]
    sub_headings: tuple[str, ...]

    @property
    def contents(self) -> str:
        """ "154 ord, 1 lista, 2 noter"."""
        return ", ".join(line.message for line in self.found)


@dataclass(frozen=True)
class TakenIn:
    """What was taken in. ``lost`` are words of the file that the text does not have, or not in that place;
    there are none unless something is wrong with the portal. ``left_out``: headings of what the file lacks."""

    annex: Annex
    report: Report
    landed: tuple[Landed, ...]
    left_out: tuple[str, ...]
    lost: tuple[str, ...]
    comments: int
    resolved_comments: int
    names_kept: bool

    @property
    def is_complete(self) -> bool:
        return not self.lost


def report_on(annex: Annex, word: WordText, rows: Sequence[Planned], *, comments: int, names_kept: bool) -> TakenIn:
    """The report on what was just written, read back from the working text itself."""
    document = draft_document(annex)
    left_out = annex.sections.filter(is_left_out=True).exclude(template_key="").values_list("heading", flat=True)
    return TakenIn(
        annex=annex,
        report=word.report,
        landed=tuple(landed(row, word) for row in rows),
        left_out=tuple(map(heading_words, left_out)),
        lost=tuple(lost_words(word, rows, document, with_title=bool(annex.heading))),
        comments=comments,
        resolved_comments=sum(1 + len(comment.answers) for comment in word.comments if comment.is_resolved),
        names_kept=names_kept,
    )


def landed(row: Planned, word: WordText) -> Landed:
    """What a part of a Word file became where ``row`` places it, as counts and headings."""
    html = f"<p>{row.heading}</p>{row.source}"
    notes = [unescape(note) for note in NOTE.findall(html)]
    counted = {"words": len(_words(plain_words(html))), "notes": len(notes)}
    text = NOTE.sub("", html) + "".join(notes)
    counted |= {what: len(re.findall(pattern, text)) for what, pattern in TAGS.items()}
    found = tuple(Line(LineKind.FOUND, what, counted[what]) for what in COUNTED if counted.get(what))
    below = tuple(heading_words(word.parts[part].heading) for part in row.parts[1:])
    return Landed(heading_words(row.heading), row.level, row.key, row.sheet is not None, found, below)


def heading_words(heading: str) -> str:
    """A heading (inline HTML) in plain words, without its notes."""
    return plain(NOTE.sub("", heading))


def lost_words(word: WordText, rows: Sequence[Planned], document: Document, *, with_title: bool) -> Iterator[str]:
    """The words of the file that ``document`` does not have in the same order."""
    wanted = [found for text in _texts(word, rows) for found in _words(text)]
    there = _words(to_text(document, with_title=with_title))
    if wanted == there:
        return
    for step, start, end, _a, _b in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if step in ("delete", "replace"):
            yield from wanted[start:end]


def _texts(word: WordText, rows: Iterable[Planned]) -> Iterator[str]:
    """All that the file says, in order, as it was read from the file and not as it was planned. A number that Word
    counted is no word of the file, but the portal counts or writes it too where it heads a section."""
    heads = {row.parts[0] for row in rows if row.parts}
    yield f"{word.title}\n{word.subtitle}"
    for at, part in enumerate(word.parts):
        number = part.typed_number if at in heads or not part.is_numbered_by_word else ""
        yield f"{number} {plain_words(part.heading)}\n{plain_words(part.body)}"


def _words(text: str) -> list[str]:
    return WORD.findall(text.replace("\u00ad", "").replace("\u2011", "-"))


def counts(report: Report) -> list[str]:
    """ "757 ord", "15 rubriker" …: the things that there are, in the language in force."""
    return [line.message for what in COUNTED for line in report.lines if line.what == what]


def remarks(report: Report, kind: LineKind, *, with_names: bool = True) -> list[Line]:
    """The lines of one kind; without those that name people, unless they may be named."""
    return [line for line in report.of(kind) if with_names or line.what not in NAMES]
