"""Prints: the whole agreement, one annex, contact sheets, decision records and redlines, as PDF.

Fixed things are PDF/A-2a and PDF/UA-1 at once and always the same bytes; drafts, what is laid out to be signed, and
redlines are PDF/UA-1. A call
takes some tenths of a second in a process that has printed before, and a second or two more the first time.
``asset`` gives a picture's bytes and media type by its hash; what it raises goes through, and a picture that
cannot be read raises ``OSError``. No call reads the clock or the network, nor the disk but for the typeface.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import override

from agreements.pdf import contents, sheets
from agreements.pdf.metadata import About
from agreements.pdf.printed import (
    ContactSheet,
    Imprint,
    PrintedAgreement,
    PrintedAnnex,
    PrintedMatter,
    PrintedRecord,
    PrintedRedline,
)
from agreements.pdf.sheets import Sheet

Asset = Callable[[str], tuple[bytes, str]]


def render_agreement(printed: PrintedAgreement, *, asset: Asset) -> bytes:
    """Cover, contents, the agreement's text, signatures, and every annex from its own page 1 (R160)."""
    from agreements.pdf import press  # noqa: PLC0415 -- imports WeasyPrint, which is slow

    dated = printed.known_on or printed.as_of
    about = _about(printed.title, printed.imprint, dated, printed.text.document["language"])
    with override(about.language), press.at_work():
        inner = sheets.agreement_sheets(printed)
        parts = [press.lay_out(sheet.html, asset) for sheet in inner]
        lines = [
            line
            for sheet, part in zip(inner, parts, strict=True)
            for line in contents.entries(sheet.label, part.headings, length=part.length)
        ]
        cover = press.lay_out(sheets.cover_sheet(printed, lines).html, asset)
        return press.bind([cover, *parts], about, is_archived=printed.is_fixed)


def render_annex(printed: PrintedAnnex, *, asset: Asset) -> bytes:
    """One annex, or the agreement's own text, with the contacts that follow it."""
    title = f"{printed.label} {printed.title}".strip()
    about = _about(title, printed.imprint, printed.dated, printed.document["language"])
    return _print(lambda: list(sheets.annex_sheets(printed)), about, asset, is_archived=printed.is_fixed)


def render_contact_sheet(printed: ContactSheet) -> bytes:
    """Who can be reached how on a day; no part of a decision (R142)."""
    title = sheets.contact_title(printed)
    about = _about(title, printed.imprint, printed.as_of)
    return _print(lambda: [sheets.contact_sheet(printed)], about, _no_asset, is_archived=True)


def render_record(printed: PrintedRecord) -> bytes:
    """The record of a decision about one text or several (R44); each way of deciding from its own page 1. The file
    is dated as its last part."""
    last = printed.parts[-1]
    about = _about(last.title, last.imprint, last.decided_on)
    return _print(lambda: list(map(sheets.decision_sheet, printed.parts)), about, _no_asset, is_archived=True)


def render_redline(printed: PrintedRedline, *, asset: Asset) -> bytes:
    """Two versions as one text, what changed marked by sign, with the list of changes last."""
    name = printed.name or f"{printed.label} {printed.title}".strip()
    about = _about(name, printed.imprint, printed.dated, printed.language)
    return _print(lambda: [sheets.redline_sheet(printed)], about, asset, is_archived=False)


def render_matter(printed: PrintedMatter, *, asset: Asset) -> bytes:
    """All that a meeting has before it: what is asked and what a yes means, then each redline from a new page."""
    about = _about(printed.title, printed.imprint, printed.dated, printed.language)
    return _print(lambda: list(sheets.matter_sheets(printed)), about, asset, is_archived=False)


def forget() -> None:
    """Drop what this process keeps laid out, pictures included: content has been removed from a text."""
    from agreements.pdf import press  # noqa: PLC0415 -- imports WeasyPrint, which is slow

    with press.at_work():
        press.forget()


def _print(made: Callable[[], Sequence[Sheet]], about: About, asset: Asset, *, is_archived: bool) -> bytes:
    from agreements.pdf import press  # noqa: PLC0415 -- imports WeasyPrint, which is slow

    with override(about.language), press.at_work():
        parts = [press.lay_out(sheet.html, asset) for sheet in made()]
        return press.bind(parts, about, is_archived=is_archived)


def _about(title: str, imprint: Imprint, dated: date, language: str = "sv") -> About:
    authors = tuple(party.name for party in imprint.parties)
    return About(title, imprint.agreement, authors, language, dated)


def _no_asset(sha256: str) -> tuple[bytes, str]:
    raise LookupError(sha256)
