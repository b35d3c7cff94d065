"""From tables to what is printed: the dataclasses of ``printed`` filled from revisions, decisions and contacts.

Names and titles come from the frozen rows; party names as they were on the day of the text (R165, R167). Nothing here
asks for an agreement's own words (R166): what is fixed prints the same bytes for ever, see decision 0010.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    Decision,
    Manifest,
    Proposal,
    Removal,
    Revision,
    Signature,
    StoredFile,
)
from agreements.pdf.filling_contacts import contact_sheet, known_on
from agreements.pdf.printed import (
    AttachedFile,
    ContactSheet,
    Imprint,
    PrintedAgreement,
    PrintedAnnex,
    PrintedParty,
    PrintedRemoval,
    PrintedSignature,
    SignedText,
)
from agreements.rights import today
from agreements.selectors.annexes import Reading, of_draft, of_revision
from agreements.selectors.as_it_was import AsItWas, as_it_was
from agreements.selectors.imprint import ImprintFacts, imprint_of, imprint_then
from agreements.selectors.in_force import Standing, applies_from, standings
from agreements.selectors.removals import day_of_removal, tombstones
from agreements.states import AnnexKind, ProposalStatus


def imprint(agreement: Agreement, day: date) -> Imprint:
    """The agreement and its parties with registry numbers, by the names they bear on ``day``."""
    return _as_printed(imprint_of(agreement, day))


def imprint_at(decision: Decision) -> Imprint:
    """The imprint as it was when the decision was written, which it keeps."""
    return _as_printed(decision.imprint or imprint_of(decision.agreement, decision.decided_on))


def _imprint_of(reading: Reading) -> Imprint:
    """As it was at the decision; today's for what is not decided. An annex that follows the overarching agreement
    is printed as its own agreement's, on the day of the decision that it follows."""
    decision, agreement = reading.decision, reading.annex.agreement
    if decision is None:
        return imprint(agreement, timezone.localdate())
    if decision.agreement_id != agreement.pk:
        return imprint(agreement, decision.decided_on)
    return imprint_at(decision)


def imprint_as_it_was(then: AsItWas) -> Imprint:
    """The agreement and its parties as they were on a day that has passed."""
    return _as_printed(imprint_then(then))


def _as_printed(facts: ImprintFacts) -> Imprint:
    return Imprint(facts["agreement"], tuple(PrintedParty(**party) for party in facts["parties"]))


def awaits_signatures(revision: Revision) -> bool:
    """Whether the frozen text lies before the signatories. Not so what was signed outside the portal and waits to be
    confirmed."""
    proposal: Proposal = revision.proposal
    return proposal.status == ProposalStatus.AWAITING_SIGNATURES and proposal.kind == Proposal.Kind.ORDINARY


def status_line(decision: Decision | None, revision: Revision | None, removals: Sequence[Removal] = ()) -> str:
    """ "Fastställd 2026-03-04, version 3" or "Utkast"; "Förslag, version 4" for what is on its way, "För underskrift,
    version 4" when only the signatures are missing; and since when it is a redacted edition."""
    if removals:
        return _("%(status)s, content removed %(day)s") % {
            "status": status_line(decision, revision),
            "day": day_of_removal(removals[-1]).isoformat(),
        }
    if decision is not None:
        return _("Decided %(day)s, version %(number)s") % {
            "day": decision.decided_on.isoformat(),
            "number": decision.revision.number,
        }
    if revision is not None and awaits_signatures(revision):
        return _("For signature, version %(number)s") % {"number": revision.number}
    if revision is not None:
        return _("Draft, version %(number)s") % {"number": revision.number}
    return _("Draft")


def printed_annex(
    reading: Reading, *, on_imprint: Imprint | None = None, contacts: ContactSheet | None = None
) -> PrintedAnnex:
    """One text as printed, with the files that lie beside it and what has been removed from it."""
    annex, revision, decision = reading.annex, reading.revision, reading.decision
    removals = tombstones([revision])
    is_for_signature = decision is None and revision is not None and awaits_signatures(revision)
    dated = decision.decided_on if decision else timezone.localdate(revision.frozen_at) if revision else date.min
    return PrintedAnnex(
        imprint=on_imprint or _imprint_of(reading),
        label="" if annex.is_agreement_text else annex.label,
        number=annex.number,
        title=reading.document["title"] or annex.title,
        subtitle=reading.document.get("subtitle", ""),
        document=reading.document,
        status=status_line(decision, revision, removals),
        short_hash=revision.short_hash if revision else "",
        is_draft=decision is None and not is_for_signature,
        is_for_signature=is_for_signature,
        dated=dated if dated != date.min else timezone.localdate(),
        attachments=tuple(_attachments(reading)),
        contact_sheet=contacts,
        removals=tuple(map(printed_removal, removals)),
    )


def printed_removal(removal: Removal) -> PrintedRemoval:
    """A tombstone; names and parties as they are called today."""
    return PrintedRemoval(
        removed_on=day_of_removal(removal),
        law=removal.law,
        reason=removal.reason,
        requested_by=f"{removal.requested_by}, {removal.party}",
        confirmed_by=f"{removal.answered_by}, {removal.answered_for}",
        old_sha256=removal.old_sha256,
        redacted_sha256=removal.redacted_sha256,
        text=removal.subject,
    )


def file_name(file: StoredFile) -> str:
    """What the file is called, and that it has been removed."""
    removal = file.removals.filter(status=Removal.Status.CONFIRMED).first()
    if removal is None:
        return file.name
    return _("%(file)s, removed %(day)s") % {"file": file, "day": day_of_removal(removal).isoformat()}


def _attachments(reading: Reading) -> Iterable[AttachedFile]:
    for file in reading.document.get("attachments", []):
        dated = date.fromisoformat(file["dated"]) if "dated" in file else None
        yield AttachedFile(file["name"], file["sha256"], dated, file["pages"])


def period_of(agreement: Agreement) -> str:
    """ "Från och med 1 mars 2026, tills vidare" in words, by what the row says; "" while no start is set."""
    if agreement.starts_on is None:
        return ""
    start = date_format(agreement.starts_on, "j F Y")
    if agreement.ends_on is None:
        return _("From %(start)s, until further notice") % {"start": start}
    return _("From %(start)s until %(end)s") % {"start": start, "end": date_format(agreement.ends_on, "j F Y")}


def _reading(row: Standing, day: date, drafts: Container[int]) -> Reading | None:
    """What is printed for an annex: what is in force, else its draft when that is among ``drafts``, or nothing."""
    if row.shown is None:
        is_wanted = row.annex.pk in drafts and not row.has_ended and not row.annex.has_ended(day)
        return of_draft(row.annex) if is_wanted else None
    return Reading(row.annex, row.shown.revision.document, row.shown.revision, row.shown, "in_force")


def printed_agreement(agreement: Agreement, day: date, *, drafts: Container[int] = ()) -> PrintedAgreement | None:
    """The whole agreement as it was in force on ``day``. None when nothing was.

    ``drafts``: the ids of the annexes that are printed from their drafts, marked so, while nothing of them is in
    force; the caller has checked that the reader may see these.
    """
    rows = standings(agreement, day)
    readings = {row.annex.number: reading for row in rows if (reading := _reading(row, day, drafts))}
    own = readings.pop("0", None)
    if own is None and not readings:
        return None
    then = as_it_was(agreement, day, [row.shown for row in rows if row.shown])
    head = imprint_as_it_was(then)
    begins = applies_from(then.agreement, next((row for row in rows if row.annex.is_agreement_text), None))
    text = printed_annex(own, on_imprint=head) if own else _empty_text(head, day, begins)
    manifest = own.decision.manifest if own and own.decision else None
    annexes = tuple(
        printed_annex(
            reading,
            on_imprint=head,
            contacts=contact_sheet(then, head) if reading.annex.kind == AnnexKind.COMMUNICATION_PLAN else None,
        )
        for reading in readings.values()
    )
    return PrintedAgreement(
        title=head.agreement,
        imprint=head,
        period=period_of(then.agreement),
        status=_status_of_whole(own, text, annexes, day, begins),
        known_on=known_on(day),
        as_of=day,
        text=text,
        annexes=annexes,
        signatures=tuple(signatures(manifest, day) if manifest else lines_to_sign_on(then)),
        manifest=tuple(_signed_texts(manifest)) if manifest else (),
    )


def _status_of_whole(
    own: Reading | None, text: PrintedAnnex, annexes: Iterable[PrintedAnnex], day: date, begins: date | None
) -> str:
    """What the cover says: in force, or from when it will be (``begins``); a draft, when any of it is one; else that
    only annexes are in force."""
    if own is not None and own.decision is not None:
        if begins is not None and begins > day:
            return _begins(begins)
        return _in_force_on(day)
    return _("Draft") if any(part.is_draft for part in (text, *annexes)) else text.status


def _in_force_on(day: date) -> str:
    """For a day to come: by what has been decided until today."""
    words = {"day": date_format(day, "j F Y")}
    if (known := known_on(day)) is None:
        return _("In force on %(day)s") % words
    words["known"] = date_format(known, "j F Y")
    return _("In force on %(day)s according to what had been decided on %(known)s") % words


def _begins(day: date) -> str:
    return _("Applies from %(day)s.") % {"day": date_format(day, "j F Y")}


def _empty_text(head: Imprint, day: date, begins: date | None = None) -> PrintedAnnex:
    """Stands for the agreement's own text when only annexes are in force. ``begins``: from when a text applies that had
    been decided by ``day``."""
    document = {
        "format": 1, "kind": AnnexKind.AGREEMENT_TEXT.value, "title": head.agreement, "subtitle": "",
        "language": "sv", "scope": "", "blocks": [], "notes": [], "assets": {}, "attachments": [],
    }  # fmt: skip
    return PrintedAnnex(
        imprint=head, label="", number="0", title=head.agreement, document=document,
        status=_begins(begins) if begins else _("The text has not been fixed yet."), short_hash="", is_draft=False,
        dated=day,
    )  # fmt: skip


def lines_to_sign_on(then: AsItWas) -> Iterable[PrintedSignature]:
    """An empty line for each party, where no signing has been prepared."""
    return (PrintedSignature(party=party.organisation.name_on(then.day)) for party in then.parties)


def signatures(manifest: Manifest, day: date) -> Iterable[PrintedSignature]:
    """Who has signed, and the lines for those who have not, under the names that their parties bear on ``day``."""
    note = _("Registered afterwards.") if manifest.is_registered_afterwards else ""
    for signatory in manifest.signatories.select_related("party__organisation", "signature"):
        signature: Signature | None = getattr(signatory, "signature", None)
        yield PrintedSignature(
            party=signatory.party.organisation.name_on(signature.signed_on if signature else day),
            name=signatory.name,
            title=signatory.full_title,
            organisation=signatory.party.organisation.name_on(day),
            place_and_date=f"{signature.place} {signature.signed_on.isoformat()}" if signature else "",
            basis=signatory.authority,
            note=note,
        )


def _signed_texts(manifest: Manifest) -> Iterable[SignedText]:
    for entry in manifest.entries.select_related("revision__annex__agreement", "revision__decision", "stands_as"):
        annex = entry.annex
        number, removed = str(entry.revision.number), entry.revision.sha256 != entry.sha256
        yield SignedText(
            "" if annex.is_agreement_text else annex.label,
            entry.title,
            _("%(number)s (content removed since)") % {"number": number} if removed else number,
            entry.sha256,
        )


def printed_manifest(manifest: Manifest) -> PrintedAgreement:
    """The texts of a manifest, by their hashes, with the signatories' lines: what is laid on the table to sign."""
    agreement = manifest.agreement
    head = imprint(agreement, timezone.localdate())
    entries = manifest.entries.select_related(
        "revision__annex__agreement", "revision__decision", "revision__proposal", "stands_as__agreement"
    )
    texts = {
        entry.annex.number: printed_annex(
            replace(of_revision(entry.revision, today()), annex=entry.annex), on_imprint=head
        )
        for entry in entries.order_by("position")
    }
    status = _manifest_status(manifest, texts)
    own = texts.pop("0", None) or _empty_text(head, timezone.localdate())
    return PrintedAgreement(
        title=agreement.title,
        imprint=head,
        period=period_of(agreement),
        status=status,
        as_of=manifest.effective_from,
        text=own,
        annexes=tuple(texts.values()),
        signatures=tuple(signatures(manifest, timezone.localdate())),
        manifest=tuple(_signed_texts(manifest)),
    )


def _manifest_status(manifest: Manifest, texts: Mapping[str, PrintedAnnex]) -> str:
    """How the agreement's own text stands, with its hash; where only annexes are signed, how far the signing is."""
    own = texts.get("0")
    if any(text.is_for_signature for text in texts.values()) and not (own and own.is_for_signature):
        return _("For signature")
    if own is not None:
        return own.status_and_hash
    return _("Signed") if manifest.closed_at is not None else _("Draft")
