"""PDFs on demand: fixed ones are made once and kept under the hash of what they were made from.

The key holds everything that decides the bytes: the filled dataclass and the versions of what renders it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from agreements.models import Agreement, Decision, Manifest, Matter, Printout
from agreements.pdf import filling, render
from agreements.pdf.filling_contacts import contact_sheet
from agreements.pdf.filling_decision import printed_record
from agreements.pdf.filling_redline import printed_redline
from agreements.pdf.matter import printed_matter
from agreements.selectors.annexes import Reading
from agreements.selectors.as_it_was import as_it_was
from agreements.selectors.files import assets_of

logger = logging.getLogger(__name__)
PRINT_FORMAT = 6
"""Raised when style sheet or templates change what is printed: older printouts stay where they are."""
PRINT_FORMAT_OF = "b55255d54d311019ff8c5f180ae18e80ca935b7622a0155557545f897b6243fc"
"""The digest of templates, style sheet, WeasyPrint and typeface for which that number holds; a test compares. When they
change, raise the number when the print changes, else only write the new digest."""


def _key(kind: str, printed: Any) -> str:
    facts = [PRINT_FORMAT, version("weasyprint"), version("pydyf"), kind, asdict(printed)]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def kept(agreement: Agreement, kind: str, printed: Any, make: Callable[[], bytes]) -> bytes:
    """The PDF of ``printed`` from storage; made and stored at the first request. Same input, same bytes.

    A stored file that is gone or has other bytes than its hash says is made anew. A storage without room costs
    nobody the print: it is given unkept.
    """
    key = _key(kind, printed)
    known = Printout.objects.filter(key=key).first()
    if known is not None:
        data = _read(known)
        if data is not None:
            return data
    data = make()
    sha256 = hashlib.sha256(data).hexdigest()
    row = Printout(agreement=agreement, key=key, sha256=sha256, size=len(data))
    try:
        if not default_storage.exists(row.path):
            default_storage.save(row.path, ContentFile(data))
    except OSError:
        logger.exception("A printout could not be kept.")
        return data
    Printout.objects.get_or_create(key=key, defaults={"agreement": agreement, "sha256": sha256, "size": len(data)})
    return data


def _read(printout: Printout) -> bytes | None:
    try:
        with default_storage.open(printout.path) as stream:
            data: bytes = stream.read()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == printout.sha256 else None


def _owners(agreement: Agreement) -> list[Agreement]:
    """Whose pictures may occur: the agreement's, and in annex 5 the parent's, also of one that it rested on before."""
    above = Q(pk=agreement.parent_id) | Q(pk__in=agreement.history.values("parent"))
    return [agreement, *Agreement.objects.filter(above)]


def agreement_pdf(agreement: Agreement, day: date, *, drafts: Container[int] = ()) -> bytes | None:
    """The whole agreement as in force on ``day``, or on its last day when it has ended by then; None when nothing
    was. ``drafts`` as in ``printed_agreement``. What will apply on a day to come can change until then: its print says
    by when it was decided, and is not kept."""
    if agreement.ends_on is not None:
        day = min(day, agreement.ends_on)
    printed = filling.printed_agreement(agreement, day, drafts=drafts)
    if printed is None:
        return None

    def make() -> bytes:
        return render.render_agreement(printed, asset=assets_of(*_owners(agreement)))

    return kept(agreement, "agreement", printed, make) if printed.is_fixed else make()


def annex_pdf(reading: Reading) -> bytes:
    """One annex; a fixed one from storage."""
    printed = filling.printed_annex(reading)
    owner = reading.revision.annex.agreement if reading.revision else reading.annex.agreement

    def make() -> bytes:
        return render.render_annex(printed, asset=assets_of(*_owners(reading.annex.agreement), owner))

    return kept(reading.annex.agreement, "annex", printed, make) if printed.is_fixed else make()


def contact_sheet_pdf(agreement: Agreement, day: date) -> bytes | None:
    """The dated contact sheet; None without contacts."""
    then = as_it_was(agreement, day)
    printed = contact_sheet(then, filling.imprint_as_it_was(then))
    return None if printed is None else render.render_contact_sheet(printed)


def decision_pdf(decisions: Sequence[Decision], *, title: str = "") -> bytes:
    """The record of one decision or of a matter's. A correction makes another record; the old one is kept."""
    printed = printed_record(decisions, title=title)
    return kept(decisions[0].agreement, "decision", printed, lambda: render.render_record(printed))


def redline_pdf(old: Reading | None, new: Reading) -> bytes:
    """What changed between two texts of one annex, with the list of changes last."""
    printed = printed_redline(old, new)
    return render.render_redline(printed, asset=assets_of(*_owners(new.annex.agreement)))


def matter_pdf(matter: Matter) -> bytes:
    """All that a meeting has before it, to read offline: what a yes means, and per annex what would change."""
    return render.render_matter(printed_matter(matter), asset=assets_of(*_owners(matter.agreement)))


def manifest_pdf(manifest: Manifest) -> bytes:
    """The agreement as it is laid before the signatories: its texts by the manifest, with lines to sign on."""
    printed = filling.printed_manifest(manifest)
    return render.render_agreement(printed, asset=assets_of(*_owners(manifest.agreement)))
