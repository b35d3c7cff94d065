"""From decisions to the record of them that is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Annex, Assent, Decision
from agreements.pdf.filling import file_name, imprint_at, printed_removal, signatures
from agreements.pdf.printed import (
    AttachedFile,
    DecidedItem,
    PrintedAssent,
    PrintedCorrection,
    PrintedDecision,
    PrintedRecord,
    PrintedSignature,
    PrintedStatement,
)
from agreements.selectors.removals import tombstones


def printed_record(decisions: Sequence[Decision], *, title: str = "") -> PrintedRecord:
    """The record of one decision, or of a matter's: a part for each way in which they were taken, by their days."""
    alike: dict[tuple[object, ...], list[Decision]] = {}
    for decision in decisions:
        alike.setdefault(_way(decision), []).append(decision)
    groups = sorted(alike.values(), key=lambda group: group[0].decided_on)
    parts = tuple(printed_decision(group, title=title) for group in groups)
    if len(parts) == 1:
        return PrintedRecord(parts)
    ways = tuple(_in_short(part, number) for number, part in enumerate(parts, 1))
    return PrintedRecord(tuple(replace(part, way=number, ways=ways) for number, part in enumerate(parts, 1)))


def _way(decision: Decision) -> tuple[object, ...]:
    """What decisions must share to stand in one record. The § is not among it: each text may have one of its own."""
    return (
        decision.decided_on,
        decision.basis,
        decision.method,
        decision.attendance,
        decision.manifest_id,
        decision.is_registered_afterwards,
        imprint_at(decision),
    )


def _in_short(part: PrintedDecision, number: int) -> str:
    """ "Del 1: Bilaga 1, Bilaga 4 (4 mars 2026, vid möte, § 4)"."""
    how = (date_format(part.decided_on, "j F Y"), part.method, part.paragraph)
    return _("Part %(number)s: %(texts)s (%(how)s)") % {
        "number": number,
        "texts": ", ".join(item.label or item.title for item in part.items),
        "how": ", ".join(filter(None, how)),
    }


def decided_item(decision: Decision) -> DecidedItem:
    """One text decided on, by its full hash, and by the title that it has itself: that of the annex may change."""
    annex: Annex = decision.annex
    return DecidedItem(
        label="" if annex.is_agreement_text else annex.label,
        title=decision.revision.document["title"] or annex.title,
        version=str(decision.revision.number),
        sha256=decision.sha256,
        effective_from=decision.effective_from,
        resolution=decision.resolution,
        number=decision.label,
        removals=tuple(map(printed_removal, tombstones([decision.revision]))),
    )


def printed_decision(decisions: Sequence[Decision], *, title: str = "") -> PrintedDecision:
    """The record of one decision, or of several taken in the same way."""
    first = decisions[0]
    items = tuple(map(decided_item, decisions))
    paragraphs = [decision.item_number for decision in decisions]
    if len(set(paragraphs)) > 1:
        items = tuple(replace(item, paragraph=own) for item, own in zip(items, paragraphs, strict=True))
        paragraphs = [""]
    return PrintedDecision(
        imprint=imprint_at(first),
        title=title or str(first),
        group=_("The steering group") if first.basis == Decision.Basis.STEERING_GROUP else _("The parties"),
        method=first.get_method_display(),
        decided_on=first.decided_on,
        items=items,
        paragraph=paragraphs[0],
        attendance=first.attendance,
        assents=tuple(_assents(decisions)),
        statements=tuple(_statements(decisions)),
        corrections=tuple(_corrections(decisions)),
        attachments=tuple(_minutes(decisions)),
        note=_("Registered afterwards.") if first.is_registered_afterwards else "",
        signatures=tuple(_signatures(first)),
    )


def _assents(decisions: Sequence[Decision]) -> Iterator[PrintedAssent]:
    """Each yes once, by the minute, in the order given; one that was not given to all of the texts says to which."""
    given: dict[PrintedAssent, list[Decision]] = {}
    for decision in decisions:
        standing = decision.revision.proposal.assents.filter(withdrawn_at=None)
        for assent in standing.select_related("party__organisation"):
            given.setdefault(_assent(assent, decision.decided_on), []).append(decision)
    for printed, to in sorted(given.items(), key=lambda found: found[0].given_at):
        if len(to) == len(decisions):
            yield printed
        else:
            texts = ", ".join(map(str, to))
            yield replace(printed, note=f"{printed.note}. {texts}" if printed.note else texts)


def _assent(assent: Assent, day: date) -> PrintedAssent:
    return PrintedAssent(
        assent.name,
        assent.title,
        assent.party.organisation.name_on(day),
        timezone.localtime(assent.given_at).replace(second=0, microsecond=0),
        _("Entered from the meeting") if assent.is_entered else "",
    )


def _statements(decisions: Sequence[Decision]) -> Iterator[PrintedStatement]:
    for decision in decisions:
        for opinion in decision.revision.proposal.opinions.all():
            yield PrintedStatement(opinion.name, opinion.title, opinion.get_stance_display(), opinion.reason)


def _corrections(decisions: Sequence[Decision]) -> Iterator[PrintedCorrection]:
    for decision in decisions:
        for correction in decision.corrections.select_related("corrected_by"):
            at = timezone.localtime(correction.corrected_at)
            yield PrintedCorrection(correction.text, str(correction.corrected_by), at)


def _minutes(decisions: Sequence[Decision]) -> Iterator[AttachedFile]:
    """The minutes beside, each file once."""
    for minutes in dict.fromkeys(decision.minutes for decision in decisions):
        if minutes is not None:
            yield AttachedFile(file_name(minutes), minutes.sha256, decisions[0].decided_on, minutes.pages)


def _signatures(decision: Decision) -> Iterator[PrintedSignature]:
    """Who has signed, where it was fixed by signatures."""
    if decision.manifest is not None:
        found = signatures(decision.manifest, decision.decided_on)
        yield from (signature for signature in found if signature.place_and_date)
