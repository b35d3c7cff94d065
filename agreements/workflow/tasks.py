"""What a decision makes necessary: action plans to update or follow up, annexes that follow a parent (R42, R91)."""

from __future__ import annotations

from agreements.documents.areas import changed_areas
from agreements.models import Annex, Decision, Revision, Task
from agreements.rights import today
from agreements.states import AnnexKind


def open_tasks(decision: Decision, *, before: Revision | None) -> list[Task]:
    """Write the tasks that follow from ``decision``; ``before`` is what it supersedes.

    A new situational picture: one task per action plan whose area was changed or removed, one per area without a
    plan, and a follow-up of every other plan. A new overarching text: one per local agreement under it.
    """
    tasks = []
    if decision.annex.kind == AnnexKind.SITUATIONAL_PICTURE:
        tasks = _area_tasks(decision, before)
    elif decision.annex.kind == AnnexKind.AGREEMENT_TEXT:
        tasks = _child_tasks(decision)
    return Task.objects.bulk_create(tasks)


def _plans(decision: Decision) -> dict[str, list[Annex]]:
    """The living action plans by the id of their priority area; those without an area under ""."""
    plans: dict[str, list[Annex]] = {}
    for annex in decision.agreement.annexes.filter(kind=AnnexKind.ACTION_PLAN):
        if annex.ends_on is None or annex.ends_on >= today():
            plans.setdefault(str(annex.priority_area_id or ""), []).append(annex)
    return plans


def _area_tasks(decision: Decision, before: Revision | None) -> list[Task]:
    if before is None:
        return []
    changes = changed_areas(before.document, decision.revision.document)
    plans = _plans(decision)
    tasks: list[Task] = []
    touched: set[int] = set()
    for change in changes:
        kind = {
            "changed": Task.Kind.AREA_CHANGED, "added": Task.Kind.AREA_ADDED, "removed": Task.Kind.AREA_REMOVED,
        }[change.kind]  # fmt: skip
        own = plans.get(change.id, [])
        touched.update(annex.pk for annex in own)
        if own and kind == Task.Kind.AREA_ADDED:
            kind = Task.Kind.AREA_CHANGED
        if not own and kind != Task.Kind.AREA_ADDED:
            continue
        concerned: list[Annex | None] = [*own] or [None]
        tasks += [_task(decision, kind, annex, change.title) for annex in concerned]
    rest = [annex for annexes in plans.values() for annex in annexes if annex.pk not in touched]
    return tasks + [_task(decision, Task.Kind.FOLLOW_UP, annex) for annex in rest]


def _child_tasks(decision: Decision) -> list[Task]:
    children = Annex.objects.filter(
        agreement__parent=decision.agreement_id, kind=AnnexKind.OVERARCHING_AGREEMENT
    ).select_related("agreement")
    return [
        Task(agreement=annex.agreement, annex=annex, kind=Task.Kind.PARENT_CHANGED, decision=decision)
        for annex in children
    ]


def _task(decision: Decision, kind: str, annex: Annex | None, title: str = "") -> Task:
    return Task(agreement=decision.agreement, annex=annex, kind=kind, area_title=title, decision=decision)
