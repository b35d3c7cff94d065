"""From two texts of one annex to their comparison that is printed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.block_types import Document
from agreements.documents.redline import compare
from agreements.pdf.filling import imprint, printed_removal, status_line
from agreements.pdf.printed import PrintedChange, PrintedRedline
from agreements.pdf.sheets import PICTURES
from agreements.selectors.annexes import Reading
from agreements.selectors.removals import tombstones


def printed_redline(old: Reading | None, new: Reading, *, proposed: str = "", prefix: str = "") -> PrintedRedline:
    """Two texts of one annex as one, marked; without an old text all of it is new."""
    before: Document = old.document if old else {**new.document, "blocks": [], "notes": []}
    redline = compare(before, new.document, asset_url=PICTURES.__add__, notes="float", id_prefix=prefix)
    annex = new.annex
    return PrintedRedline(
        imprint=imprint(annex.agreement, timezone.localdate()),
        label="" if annex.is_agreement_text else annex.label,
        title=new.document["title"] or annex.title,
        old=_version_line(old) if old else "–",
        new=_version_line(new),
        html=str(redline.html),
        dated=timezone.localdate(),
        summary=proposed,
        removals=tuple(map(printed_removal, tombstones([old.revision if old else None, new.revision]))),
        changes=tuple(
            PrintedChange(change.section_title, change.was, change.became, change.place) for change in redline.changes
        ),
        name=_comparison_name(old, new),
    )


def _comparison_name(old: Reading | None, new: Reading) -> str:
    """ "Jämförelse version 3 – 4: Bilaga 1 Gemensam lägesbild"."""
    label = "" if new.annex.is_agreement_text else new.annex.label
    text = f"{label} {new.document['title'] or new.annex.title}".strip()
    became = str(new.revision.number) if new.revision else _("the draft")
    if old is None:
        return _("New text, version %(new)s: %(text)s") % {"new": became, "text": text}
    was = str(old.revision.number) if old.revision else _("the draft")
    return _("Comparison of version %(old)s – %(new)s: %(text)s") % {"old": was, "new": became, "text": text}


def _version_line(reading: Reading) -> str:
    return status_line(reading.decision, reading.revision, tombstones([reading.revision]))
