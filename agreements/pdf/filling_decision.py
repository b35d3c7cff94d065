"""From decisions to the record of them that is printed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Annex, Decision
from agreements.pdf.filling import file_name, imprint_at, printed_removal, signatures
from agreements.pdf.printed import (
    AttachedFile,
    DecidedItem,
    PrintedAssent,
    PrintedCorrection,
    PrintedDecision,
    PrintedStatement,
)
from agreements.selectors.removals import tombstones


def decided_item(decision: Decision) -> DecidedItem:
    """One text decided on, by its full hash."""
    annex: Annex = decision.annex
    return DecidedItem(
        label="" if annex.is_agreement_text else annex.label,
        title=annex.title,
        version=str(decision.revision.number),
        sha256=decision.sha256,
        effective_from=decision.effective_from,
        resolution=decision.resolution,
        number=decision.label,
        removals=tuple(map(printed_removal, tombstones([decision.revision]))),
    )


def printed_decision(decisions: Sequence[Decision], *, title: str = "") -> PrintedDecision:
    """The record of one decision, or of a matter's decisions taken on the same way; the first one leads."""
    first = decisions[0]
    proposals = [decision.revision.proposal for decision in decisions]
    assents = {
        (assent.party_id, assent.name): PrintedAssent(
            assent.name,
            assent.title,
            assent.party.organisation.name_on(first.decided_on),
            timezone.localtime(assent.given_at),
            _("Entered from the meeting") if assent.is_entered else "",
        )
        for proposal in proposals
        for assent in proposal.assents.filter(withdrawn_at=None).select_related("party__organisation")
    }
    return PrintedDecision(
        imprint=imprint_at(first),
        title=title or str(first),
        group=_("The steering group") if first.basis == Decision.Basis.STEERING_GROUP else _("The parties"),
        method=first.get_method_display(),
        decided_on=first.decided_on,
        items=tuple(decided_item(decision) for decision in decisions),
        paragraph=first.item_number,
        attendance=first.attendance,
        assents=tuple(assents.values()),
        statements=tuple(
            PrintedStatement(opinion.name, opinion.title, opinion.get_stance_display(), opinion.reason)
            for proposal in proposals
            for opinion in proposal.opinions.all()
        ),
        corrections=tuple(
            PrintedCorrection(
                correction.text, str(correction.corrected_by), timezone.localtime(correction.corrected_at)
            )
            for decision in decisions
            for correction in decision.corrections.select_related("corrected_by")
        ),
        attachments=tuple(
            AttachedFile(file_name(minutes), minutes.sha256, first.decided_on, minutes.pages)
            for minutes in dict.fromkeys(decision.minutes for decision in decisions)
            if minutes is not None
        ),
        note=_("Registered afterwards.") if first.is_registered_afterwards else "",
        signatures=tuple(
            signature
            for manifest in dict.fromkeys(decision.manifest for decision in decisions)
            if manifest is not None
            for signature in signatures(first.agreement, manifest, first.decided_on)
            if signature.place_and_date
        ),
    )
