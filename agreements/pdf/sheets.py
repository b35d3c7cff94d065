"""Prints as HTML, in the active language: each part that has page numbers of its own is one sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from agreements.documents.blocks import Document
from agreements.documents.html import to_html
from agreements.pdf.contents import Entry
from agreements.pdf.printed import (
    ContactSheet,
    Imprint,
    PrintedAgreement,
    PrintedAnnex,
    PrintedDecision,
    PrintedMatter,
    PrintedRedline,
)

PICTURES = "asset:"  # what the address of a picture begins with; the rest is its hash


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part as a whole HTML page; ``label`` is what its page numbers are named after in the contents."""

    html: str
    label: str = ""


def agreement_sheets(printed: PrintedAgreement) -> list[Sheet]:
    """The agreement's text with its signatures, then each annex and what follows it; not the cover."""
    return [text_sheet(printed), *(sheet for annex in printed.annexes for sheet in annex_sheets(annex))]


def cover_sheet(printed: PrintedAgreement, contents: Sequence[Entry]) -> Sheet:
    """Cover and contents. They are a draft as long as any part is, for signature as long as any part waits for that,
    and carry the hash of the agreement's text."""
    context = _common(printed.imprint, printed.title, is_draft=printed.is_draft) | {
        "printed": printed,
        "contents": contents,
        "status": _cover_text(printed).status_and_hash,
        "language": printed.text.document["language"],
    }
    return Sheet(render_to_string("pdf/cover.html", context))


def _cover_text(printed: PrintedAgreement) -> PrintedAnnex:
    """The agreement's text as its cover speaks of it."""
    if printed.is_draft:
        return replace(printed.text, status=_("Draft"))
    is_said = printed.text.is_for_signature or not printed.is_for_signature
    return printed.text if is_said else replace(printed.text, status=_("For signature"))


def text_sheet(printed: PrintedAgreement) -> Sheet:
    prefix = "text-"
    context = _annex_context(printed.text, prefix) | {"printed": printed, "title": printed.title}
    return Sheet(render_to_string("pdf/text.html", context))


def annex_sheets(printed: PrintedAnnex) -> Iterator[Sheet]:
    """The annex and, outside the decision, the contacts that follow it (R142)."""
    prefix = f"annex-{printed.number}-"
    yield Sheet(render_to_string("pdf/annex.html", _annex_context(printed, prefix)), printed.label)
    if printed.contact_sheet:
        yield contact_sheet(printed.contact_sheet, prefix=f"{prefix}contacts-")


def contact_title(printed: ContactSheet) -> str:
    """ "Kontaktuppgifter per 4 mars 2026"; for a day to come also when that was known."""
    words = {"day": date_format(printed.as_of, "j F Y")}
    if printed.known_on is None:
        return _("Contact details as of %(day)s") % words
    words["known"] = date_format(printed.known_on, "j F Y")
    return _("Contact details for %(day)s, as known on %(known)s") % words


def contact_sheet(printed: ContactSheet, *, prefix: str = "contacts-") -> Sheet:
    context = _common(printed.imprint, contact_title(printed)) | {
        "printed": printed,
        "prefix": prefix,
        "label": _("Contact details"),
        "status": _("As of %(day)s, outside the decision") % {"day": (printed.known_on or printed.as_of).isoformat()},
    }
    return Sheet(render_to_string("pdf/contact_sheet.html", context), _("Contact details"))


def decision_sheet(printed: PrintedDecision) -> Sheet:
    words = {"number": printed.way, "all": len(printed.ways)}
    context = _common(printed.imprint, printed.title) | {
        "printed": printed,
        "prefix": f"part-{printed.way}-" if printed.ways else "",
        "label": _("Decision record, part %(number)s of %(all)s") % words if printed.ways else _("Decision record"),
        "status": _("Decided %(day)s") % {"day": printed.decided_on.isoformat()},
    }
    return Sheet(render_to_string("pdf/decision.html", context))


def redline_sheet(printed: PrintedRedline) -> Sheet:
    context = _common(printed.imprint, printed.title) | {
        "printed": printed,
        "text": mark_safe(printed.html),  # noqa: S308 -- the redline escapes every piece of it
        "label": printed.label,
        "status": _("Comparison: %(old)s – %(new)s") % {"old": printed.old, "new": printed.new},
        "language": printed.language,
    }
    return Sheet(render_to_string("pdf/redline.html", context))


def matter_sheets(printed: PrintedMatter) -> Iterator[Sheet]:
    """What is asked, and then what would change, part by part."""
    context = _common(printed.imprint, printed.title) | {
        "printed": printed,
        "label": _("Matter"),
        "status": _("For decision, printed %(day)s") % {"day": printed.dated.isoformat()},
        "language": printed.language,
    }
    yield Sheet(render_to_string("pdf/matter.html", context))
    yield from (redline_sheet(part.redline) for part in printed.parts)


def _annex_context(printed: PrintedAnnex, prefix: str) -> dict[str, Any]:
    return _common(printed.imprint, printed.title, is_draft=printed.is_draft) | {
        "printed": printed,
        "prefix": prefix,
        "label": printed.label,
        "status": printed.status_and_hash,
        "language": printed.document["language"],
        "text": to_html(cast(Document, printed.document), asset_url=PICTURES.__add__, notes="float", id_prefix=prefix),
    }


def _common(imprint: Imprint, title: str, *, is_draft: bool = False) -> dict[str, Any]:
    mark = _("Draft") if is_draft else ""
    return {"imprint": imprint, "title": title, "is_draft": is_draft, "draft_mark": mark, "language": "sv"}
