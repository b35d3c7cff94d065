"""What a decision makes necessary, and what it answers: action plans to update or follow up, annexes that follow a
parent (R42, R91)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from agreements.documents.areas import changed_areas
from agreements.models import Agreement, Annex, Decision, Ending, Proposal, Revision, Task
from agreements.rights import today
from agreements.selectors.in_force import parent_decision
from agreements.selectors.related import living_below
from agreements.states import ON_THE_WAY, AnnexKind
from samverkan.accounts.models import User

TITLE_LENGTH = 200
OF_PARENT = (Task.Kind.PARENT_CHANGED, Task.Kind.PARENT_ENDS)
"""What is to be done about the overarching agreement."""


def open_tasks(decision: Decision, *, before: Revision | None) -> list[Task]:
    """Write the tasks that follow from ``decision``; ``before`` is what it supersedes.

    A new situational picture: one task per action plan whose area was changed or removed, one per area without a
    plan, and a follow-up of every other plan; none for a plan whose own new version was written with the picture.
    A new overarching text: one per local agreement under it. A text that was superseded before it was registered
    asks for nothing.
    """
    tasks = []
    if _is_superseded(decision):
        return []
    if decision.annex.kind == AnnexKind.SITUATIONAL_PICTURE:
        tasks = _area_tasks(decision, before)
    elif decision.annex.kind == AnnexKind.AGREEMENT_TEXT:
        tasks = _child_tasks(decision)
    return _written(tasks, at=decision.written_at)


def _written(tasks: list[Task], *, at: datetime | None = None) -> list[Task]:
    """``at``: when what they follow from was written, else now."""
    written: list[Task] = bulk_create_with_history(tasks, Task, default_date=at)
    return written


def close_tasks(decision: Decision, *, by: User) -> list[Task]:
    """Close what ``decision`` answers: open tasks on its own annex, when its text is not older than what they ask
    for, and those that asked for a plan for just its area. Returns them; none when the text is superseded."""
    if _is_superseded(decision):
        return []
    waiting = Task.objects.filter(done_at=None).select_related("decision__revision")
    closed = [task for task in waiting.filter(annex=decision.annex) if _answers(decision.revision, task.decision)]
    area = decision.annex.priority_area
    if area is not None:
        titles = [one.title[:TITLE_LENGTH] for one in (area, area.part_of) if one is not None]
        closed += waiting.filter(
            agreement=decision.agreement, annex=None, kind=Task.Kind.AREA_ADDED, area_title__in=titles
        )
    _are_done(closed, by=by)
    return closed


def _are_done(tasks: list[Task], *, by: User) -> None:
    for task in tasks:
        task.done_at, task.done_by = timezone.now(), by
    bulk_update_with_history(tasks, Task, ["done_at", "done_by"])


def _is_superseded(decision: Decision) -> bool:
    """Whether a later text than the decided one is in force already (registered afterwards)."""
    later = Decision.objects.filter(effective_from__gt=decision.effective_from, effective_from__lte=today())
    return later.filter(annex=decision.annex).exists()


def _answers(revision: Revision, picture: Decision) -> bool:
    """Whether ``revision`` of a plan, decided or on its way, was written with what ``picture`` decided: in the same
    matter, decided the same day, or frozen after it."""
    decision = getattr(revision, "decision", None)
    matter = revision.proposal.matter_id
    return (
        (matter is not None and matter == picture.matter_id)
        or (decision is not None and decision.decided_on == picture.decided_on)
        or revision.frozen_at >= picture.revision.frozen_at
    )


def _answered(picture: Decision) -> set[int]:
    """The ids of the plans whose newest decided version, or whose version on its way, answers ``picture``. One
    that is being registered afterwards does when it is decided."""
    versions = (
        Revision.objects.filter(annex__agreement=picture.agreement, annex__kind=AnnexKind.ACTION_PLAN)
        .defer("content", "plain_text", "ids")
        .select_related("proposal", "decision")
    )
    moving = versions.filter(proposal__status__in=ON_THE_WAY, proposal__kind=Proposal.Kind.ORDINARY)
    decided = versions.filter(decision__isnull=False).order_by("decision__effective_from")
    newest = {revision.annex_id: revision for revision in decided}
    return {revision.annex_id for revision in [*moving, *newest.values()] if _answers(revision, picture)}


def _plans(decision: Decision) -> dict[str, list[Annex]]:
    """The living action plans by the id of their priority area; those without an area under ""."""
    plans: dict[str, list[Annex]] = {}
    for annex in decision.agreement.annexes.filter(kind=AnnexKind.ACTION_PLAN).select_related("priority_area"):
        if annex.ends_on is None or annex.ends_on >= today():
            plans.setdefault(str(annex.priority_area_id or ""), []).append(annex)
    return plans


def _area_tasks(decision: Decision, before: Revision | None) -> list[Task]:
    if before is None:
        return []
    changes = changed_areas(before.document, decision.revision.document)
    plans, answered = _plans(decision), _answered(decision)
    planned = {id_ for annexes in plans.values() for annex in annexes for id_ in _areas_of(annex)}
    added = {change.id for change in changes if change.kind == "added"}
    tasks: list[Task] = []
    touched: set[int] = set()
    for change in changes:
        own = plans.get(change.id, [])
        touched.update(annex.pk for annex in own)
        if own:
            kind = Task.Kind.AREA_REMOVED if change.kind == "removed" else Task.Kind.AREA_CHANGED
            left = [annex for annex in own if kind == Task.Kind.AREA_REMOVED or annex.pk not in answered]
            tasks += [_task(decision, kind, annex, change.title) for annex in left]
        elif change.kind == "added" and not planned & {change.id, change.part_of} and change.part_of not in added:
            tasks.append(_task(decision, Task.Kind.AREA_ADDED, None, change.title))
    rest = [annex for annexes in plans.values() for annex in annexes if annex.pk not in touched | answered]
    return tasks + [_task(decision, Task.Kind.FOLLOW_UP, annex) for annex in rest]


def _areas_of(annex: Annex) -> set[str]:
    """The ids of the areas that a plan covers: its own, and the one that this is part of."""
    area = annex.priority_area
    return {str(pk) for pk in (area.pk, area.part_of_id) if pk is not None} if area is not None else set()


def _child_tasks(decision: Decision) -> list[Task]:
    children = Annex.objects.filter(
        agreement__parent=decision.agreement_id, kind=AnnexKind.OVERARCHING_AGREEMENT
    ).select_related("agreement")
    return [
        Task(agreement=annex.agreement, annex=annex, kind=Task.Kind.PARENT_CHANGED, decision=decision)
        for annex in children
    ]


def open_tasks_below(ending: Ending, *, by: User) -> list[Task]:
    """Write the tasks of the annexes that follow an overarching agreement which gets its last day by ``ending``: one
    per annex in force of an agreement under it, unless it has one to do already. Where it goes on until further notice
    after all, they are done with."""
    below = living_below(ending.whole, today())
    still_open = Task.objects.filter(agreement__in=below, kind=Task.Kind.PARENT_ENDS, done_at=None)
    if ending.goes_on:
        if ending.ends_on is None:
            _are_done(list(still_open), by=by)
        return []
    texts = Decision.objects.filter(agreement=ending.whole, annex__kind=AnnexKind.AGREEMENT_TEXT)
    decision = texts.order_by("effective_from").last()
    if decision is None:
        return []
    following = Annex.objects.filter(agreement__in=below, kind=AnnexKind.OVERARCHING_AGREEMENT)
    waiting = following.exclude(ends_on__lt=today()).exclude(pk__in=still_open.values("annex"))
    return _written(
        [
            Task(agreement=annex.agreement, annex=annex, kind=Task.Kind.PARENT_ENDS, decision=decision)
            for annex in waiting.select_related("agreement")
        ]
    )


def follow_another_parent(agreement: Agreement, *, by: User) -> list[Task]:
    """Write the tasks of the annexes that follow the overarching agreement, when ``agreement`` rests on another one
    than before; what was left to do about the text of the former one is done with."""
    former = agreement.tasks.filter(kind__in=OF_PARENT, done_at=None)
    _are_done(list(former), by=by)
    decision = parent_decision(agreement, today())
    if decision is None:
        return []
    following = agreement.annexes.filter(kind=AnnexKind.OVERARCHING_AGREEMENT)
    tasks = [
        Task(agreement=agreement, annex=annex, kind=Task.Kind.PARENT_CHANGED, decision=decision) for annex in following
    ]
    return _written(tasks)


def _task(decision: Decision, kind: str, annex: Annex | None, title: str = "") -> Task:
    return Task(
        agreement=decision.agreement, annex=annex, kind=kind, area_title=title[:TITLE_LENGTH], decision=decision
    )
