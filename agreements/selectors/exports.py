"""Export of what is in force, as canonical JSON with hashes, and of the readable history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from agreements.documents.canonical import content_hash
from agreements.models import Agreement, Annex, Decision, Ending, Removal, Revision
from agreements.selectors.annexes import in_force_decision
from agreements.selectors.as_it_was import AsItWas, as_it_was
from agreements.selectors.in_force import Standing, standings
from agreements.selectors.removals import exported, tombstones
from agreements.selectors.working_text import draft_document


def day_to_show(subject: Agreement | Annex, day: date) -> date:
    """``day``, or the last on which ``subject`` applied when it has ended by then."""
    ends = [subject.ends_on] if isinstance(subject, Agreement) else [subject.ends_on, subject.agreement.ends_on]
    return min([day, *(end for end in ends if end is not None)])


def annex_export(annex: Annex, day: date) -> dict[str, Any]:
    """One annex: its document in force on ``day``, or on its last day when it has ended by then, with hash and
    decision; else a preview marked so.

    ``sha256`` is the hash of what was decided; where content has been removed since, ``removals`` names the hash of
    the edition that the document is.
    """
    decision = in_force_decision(annex, day_to_show(annex, day))
    if decision is None:
        return _previewed(annex)
    return _decided(annex, decision, tombstones([decision.revision]))


def _decided(annex: Annex, decision: Decision, removals: Iterable[Removal]) -> dict[str, Any]:
    """``removals``: those from the version decided on."""
    return _head(annex) | {
        "is_preview": False,
        "version": decision.revision.number,
        "sha256": decision.sha256,
        "decision": decision_export(decision),
        "removals": exported(removals),
        "document": decision.revision.document,
    }


def _previewed(annex: Annex) -> dict[str, Any]:
    document = draft_document(annex)
    return _head(annex) | {"is_preview": True, "sha256": content_hash(document), "document": document}


def _head(annex: Annex) -> dict[str, Any]:
    return {"number": annex.number, "kind": annex.kind, "title": annex.title}


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
    """The agreement with parties and every annex in force on ``day``, or on its last day when it has ended by then,
    title and parties as they were that day. ``previews`` adds the shared drafts of what is not in force;
    ``with_history`` all versions. As many queries however many annexes are in force."""
    day = day_to_show(agreement, day)
    rows = standings(agreement, day)
    then = as_it_was(agreement, day, [row.shown for row in rows if row.shown is not None])
    facts = _facts(then) | {
        "format": 1,
        "slug": agreement.slug,
        "endings": endings_export(agreement),
        "annexes": list(_annexes(rows, day, previews=previews)),
    }
    if with_history:
        facts["versions"] = versions_export(Revision.objects.filter(annex__agreement=agreement))
    return facts


def _facts(then: AsItWas) -> dict[str, Any]:
    """The agreement and its parties as they were."""
    agreement = then.agreement
    return {
        "title": agreement.title,
        "as_of": then.day.isoformat(),
        "starts_on": agreement.starts_on and agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on and agreement.ends_on.isoformat(),
        "parties": [
            {
                "name": party.organisation.name_on(then.day),
                "defined_term": party.defined_term,
                "org_number": party.organisation.org_number,
                "registry_number": party.registry_number,
            }
            for party in then.parties
        ],
    }


def _annexes(rows: Iterable[Standing], day: date, *, previews: bool) -> Iterator[dict[str, Any]]:
    shown = [row.shown for row in rows if row.shown is not None]
    prefetch_related_objects(shown, "corrections")
    removed = _removed_from(decision.revision for decision in shown)
    for row in rows:
        if row.shown is not None:
            yield _decided(row.annex, row.shown, removed[row.shown.revision_id])
        elif previews and row.annex.draft_party_id is None and not row.annex.has_ended(day):
            yield _previewed(row.annex)


def _removed_from(revisions: Iterable[Revision]) -> Mapping[int | None, list[Removal]]:
    """What has been removed from each of ``revisions``, by their ids; one query."""
    found: dict[int | None, list[Removal]] = defaultdict(list)
    for removal in tombstones(revisions):
        found[removal.revision_id].append(removal)
    return found


def versions_export(revisions: QuerySet[Revision]) -> list[dict[str, Any]]:
    """Frozen versions with what became of each, annex by annex; three queries."""
    rows = revisions.select_related("annex", "decision", "proposal").prefetch_related("decision__corrections")
    found = list(rows.order_by("annex__sort_key", "number"))
    removed = _removed_from(found)
    return [_version(revision, removed[revision.pk]) for revision in found]


def _version(revision: Revision, removals: Iterable[Removal]) -> dict[str, Any]:
    decision: Decision | None = getattr(revision, "decision", None)
    return {
        "annex": revision.annex.number,
        "version": revision.number,
        "sha256": revision.sha256,
        "frozen_at": revision.frozen_at.isoformat(),
        "status": revision.proposal.status,
        "decision": decision_export(decision) if decision else None,
        "removals": exported(removals),
        "document": revision.document,
    }
