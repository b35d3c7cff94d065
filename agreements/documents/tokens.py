"""Runs cut into words, and two paragraphs compared word by word."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from agreements.documents.runs import PLAIN, Marks, Run, Runs, common_marks

# A number with its sign, its groups and its decimals is one word: no one reads "7" and "800" of "7 800".
_NUMBER = r"(?:(?<![^\W_])[+\u2212-])?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,:]\d+)*(?![^\W_])"
_PIECE = re.compile(rf" ?(?:(?=[\d+\u2212-]){_NUMBER}|[^\W_]+|[^ ])| ")  # with the space before it
REWRITTEN = 0.25  # less than this share of the words kept: the old and the new text stand whole, one by one

Side = Literal["same", "removed", "added"]


class Token(NamedTuple):
    """A word, a sign, a break or a note reference. Tokens with the same ``key`` are the same to a reader."""

    key: Hashable
    run: Run
    spaced: bool  # whether a space stands before it


Segment = tuple[Side, list[Token]]


def tokens_of(runs: Runs, note_keys: Mapping[str, str], prefix: str = "") -> list[Token]:
    """Cut runs into tokens; ``note_keys`` says, by a reference's number, which note it is.

    ``prefix`` goes before the number in the reference itself ("old-").
    """
    tokens: list[Token] = []
    spaced = True  # at the start of a paragraph, so that the same word is the same there and elsewhere
    key: Hashable
    for run in runs:
        if run.kind != "text":
            key = (run.kind, note_keys.get(run.text, run.text), spaced)
            tokens.append(Token(key, run._replace(text=prefix + run.text) if run.text else run, spaced))
            spaced = False
            continue
        marks, is_plain = run.marks, run.marks == PLAIN
        for piece in _PIECE.findall(run.text):
            if piece == " ":
                spaced = True
                continue
            word = piece
            if piece[0] == " ":
                word, spaced = piece[1:], True
            key = f" {word}" if spaced else word
            tokens.append(Token(key if is_plain else (key, marks), Run("text", word, marks), spaced))
            spaced = False
    return tokens


def runs_of(tokens: Iterable[Token], before: Token | None = None) -> Iterator[Run]:
    """Tokens as runs again, those with the same marks joined; ``before`` stands before the first one."""
    words, marks = "", PLAIN
    for token in tokens:
        run = token.run
        if token.spaced and before and before.run.kind != "br":
            space = _marks_between(before.run, run)
            if space != marks:
                yield from _text_run(words, marks)
                words, marks = "", space
            words += " "
        if run.kind != "text" or run.marks != marks:
            yield from _text_run(words, marks)
            words, marks = "", run.marks
        if run.kind == "text":
            words += run.text
        else:
            yield run
        before = token
    yield from _text_run(words, marks)


def shared_space(before: Token | None, one: Token, other: Token) -> Run | None:
    """The space that stands before both tokens, after what comes before both; None where there is none that is
    the same for both, and inside a link, which has words or is none."""
    if before is None or before.run.kind == "br" or not (one.spaced and other.spaced):
        return None
    marks = _marks_between(before.run, one.run)
    return None if marks.href or marks != _marks_between(before.run, other.run) else Run("text", " ", marks)


def _text_run(words: str, marks: Marks) -> Iterator[Run]:
    if words:
        yield Run("text", words, marks)


def _marks_between(one: Run, other: Run) -> Marks:
    if one.marks == other.marks:
        return one.marks
    return common_marks(one.marks, other.marks)


def compare_tokens(old: list[Token], new: list[Token]) -> list[Segment]:
    """The two as one sequence of what is the same, gone and added; what is the same comes from the new."""
    start, end = _common_ends(old, new)
    middle = list(_readable(_middle(old[start : len(old) - end], new[start : len(new) - end])))
    kept = start + end + sum(len(tokens) for side, tokens in middle if side == "same")
    if kept < REWRITTEN * min(len(old), len(new)):
        return [segment for segment in (("removed", old), ("added", new)) if segment[1]]
    same_before: Segment = ("same", new[:start])
    same_after: Segment = ("same", new[len(new) - end :])
    return [segment for segment in (same_before, *middle, same_after) if segment[1]]


def _common_ends(old: list[Token], new: list[Token]) -> tuple[int, int]:
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start].key == new[start].key:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
    return start, end


def _middle(old: list[Token], new: list[Token]) -> Iterator[Segment]:
    if not old or not new:
        yield ("removed", old)
        yield ("added", new)
        return
    matcher = SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield ("same", new[j1:j2])
        else:
            yield ("removed", old[i1:i2])
            yield ("added", new[j1:j2])


def _readable(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join changes that only a short word or a sign keeps apart: what became what is read in one go."""
    gone: list[Token] = []
    added: list[Token] = []
    waiting: list[Token] = []
    for side, tokens in segments:
        if side == "same":
            if (gone or added) and _is_slight(tokens):
                waiting = tokens
                continue
            yield from (("removed", gone), ("added", added), ("same", waiting + tokens))
            gone, added, waiting = [], [], []
        elif tokens:
            gone, added = gone + waiting, added + waiting
            waiting = []
            if side == "removed":
                gone = gone + tokens
            else:
                added = added + tokens
    yield from (("removed", gone), ("added", added), ("same", waiting))


def _is_slight(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].run.kind == "text" and len(tokens[0].run.text) <= 2
