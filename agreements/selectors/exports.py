"""Export of what is in force, as canonical JSON with hashes, and of the readable history."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.documents.canonical import content_hash
from agreements.models import Agreement, Annex, Decision, Ending, Revision
from agreements.selectors.annexes import in_force_decision
from agreements.selectors.removals import exported, tombstones
from agreements.selectors.working_text import draft_document


def day_to_show(subject: Agreement | Annex, day: date) -> date:
    """``day``, or the last on which ``subject`` applied when it has ended by then."""
    ends = [subject.ends_on] if isinstance(subject, Agreement) else [subject.ends_on, subject.agreement.ends_on]
    return min([day, *(end for end in ends if end is not None)])


def annex_export(annex: Annex, day: date, *, previews: bool = True) -> dict[str, Any] | None:
    """One annex: its document in force on ``day``, or on its last day when it has ended by then, with hash and
    decision; else a preview marked so.

    None when nothing is in force and ``previews`` is off. ``sha256`` is the hash of what was decided; where content
    has been removed since, ``removals`` names the hash of the edition that the document is.
    """
    decision = in_force_decision(annex, day_to_show(annex, day))
    head = {"number": annex.number, "kind": annex.kind, "title": annex.title}
    if decision is not None:
        return head | {
            "is_preview": False,
            "version": decision.revision.number,
            "sha256": decision.sha256,
            "decision": decision_export(decision),
            "removals": exported(tombstones([decision.revision])),
            "document": decision.revision.document,
        }
    if not previews:
        return None
    document = draft_document(annex)
    return head | {"is_preview": True, "sha256": content_hash(document), "document": document}


def decision_export(decision: Decision) -> dict[str, Any]:
    """The written decision as plain facts; dates as ISO text."""
    return {
        "number": decision.label,
        "basis": decision.basis,
        "method": decision.method,
        "decided_on": decision.decided_on.isoformat(),
        "effective_from": decision.effective_from.isoformat(),
        "item_number": decision.item_number,
        "resolution": decision.resolution,
        "registered_afterwards": decision.is_registered_afterwards,
        "corrections": [correction.text for correction in decision.corrections.all()],
    }


def endings_export(agreement: Agreement) -> list[dict[str, Any]]:
    """What every party has confirmed about when the agreement and its annexes end, oldest first; ``annex`` is None for
    the whole of it. Three queries."""
    rows = (
        Ending.objects.within([agreement.pk])
        .filter(status=Ending.Status.IN_EFFECT)
        .select_related("annex", "decision", "party__organisation")
        .prefetch_related("confirmations__party__organisation")
        .order_by("pk")
    )
    return [
        {
            "annex": row.annex and row.annex.number,
            "ground": row.ground,
            "decision": row.decision and row.decision.label,
            "ends_on": row.ends_on and row.ends_on.isoformat(),
            "because": row.because,
            "entered_by": str(row.party),
            "confirmed_by": [str(word.party) for word in row.confirmations.all()],
            "in_effect_since": row.closed_at and row.closed_at.isoformat(),
        }
        for row in rows
    ]


def annexes_to_show(agreement: Agreement, day: date) -> list[Annex]:
    """The annexes in their order, without those that had ended by ``day``."""
    rows = agreement.annexes.select_related("agreement").order_by("sort_key")
    return [annex for annex in rows if annex.ends_on is None or annex.ends_on >= day]


def agreement_export(
    agreement: Agreement, day: date, *, previews: bool = False, with_history: bool = False
) -> dict[str, Any]:
    """The agreement with parties and every annex in force on ``day``, or on its last day when it has ended by then;
    ``with_history`` adds all versions."""
    day = day_to_show(agreement, day)
    rows = [
        row
        for annex in annexes_to_show(agreement, day)
        if (row := annex_export(annex, day, previews=previews and annex.draft_party_id is None)) is not None
    ]
    exported: dict[str, Any] = {
        "format": 1,
        "slug": agreement.slug,
        "title": agreement.title,
        "as_of": day.isoformat(),
        "parties": [
            {
                "name": party.organisation.name_on(day),
                "defined_term": party.defined_term,
                "org_number": party.organisation.org_number,
                "registry_number": party.registry_number,
            }
            for party in agreement.parties.select_related("organisation")
        ],
        "starts_on": agreement.starts_on and agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on and agreement.ends_on.isoformat(),
        "endings": endings_export(agreement),
        "annexes": rows,
    }
    if with_history:
        exported["versions"] = [
            version_export(revision)
            for revision in Revision.objects.filter(annex__agreement=agreement)
            .select_related("annex", "decision", "proposal")
            .order_by("annex__sort_key", "number")
        ]
    return exported


def version_export(revision: Revision) -> dict[str, Any]:
    """One frozen version with what became of it."""
    decision: Decision | None = getattr(revision, "decision", None)
    return {
        "annex": revision.annex.number,
        "version": revision.number,
        "sha256": revision.sha256,
        "frozen_at": revision.frozen_at.isoformat(),
        "status": revision.proposal.status,
        "decision": decision_export(decision) if decision else None,
        "removals": exported(tombstones([revision])),
        "document": revision.document,
    }
