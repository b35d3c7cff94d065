"""The list of agreements, and one agreement as it stands."""

from dataclasses import replace
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.models import Ending
from agreements.permissions import Perm
from agreements.policies.agreement import may_create, may_enter_decision, may_manage, may_submit
from agreements.policies.annex import readable_drafts
from agreements.policies.ending import may_enter_ending, visible_endings
from agreements.policies.signing import may_open
from agreements.rights import has, today
from agreements.selectors.agreements import (
    STATUSES,
    Filter,
    listed_agreements,
    organisations_of,
    parent_warning,
    rows_of,
    status_of,
)
from agreements.selectors.as_it_was import agreement_on, as_it_was, participants_of
from agreements.selectors.deadlines import deadlines
from agreements.selectors.endings import sorted_out
from agreements.selectors.groups import groups_of
from agreements.selectors.history import latest_acts
from agreements.selectors.in_force import Standing, applies_from, standings
from agreements.selectors.related import related_to
from agreements.views.lookup import agreement_or_404, asked_day
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User

ROWS_PER_PAGE = 25
EVENTS = 5


@require_safe
def agreement_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Which agreements are there, and how are they? The filter is in the address."""
    chosen = Filter(
        organisation=request.GET.get("organisation", ""),
        status=request.GET.get("status", ""),
        period=request.GET.get("period", ""),
        text=request.GET.get("q", ""),
    )
    page = Paginator(listed_agreements(request.user, chosen, today()), ROWS_PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "rows": rows_of(page.object_list, request.user, today()),
        "chosen": chosen,
        "is_filtered": chosen != Filter(),
        "statuses": STATUSES,
        "organisations": organisations_of(request.user),
        "may_create": may_create(request.user),
    }
    return render(request, "agreements/agreement/list.html", context)


def known_standings(user: User, rows: list[Standing], day: date) -> list[Standing]:
    """``rows`` of ``day`` without what ``user`` may not know: drafts that are not theirs, and what is on its way to
    readers. A day that has passed knows no draft, nor what is on its way today."""
    if not rows:
        return rows
    if day < today():
        return [replace(row, proposal=None) for row in rows if row.shown or row.coming or row.has_ended]
    drafts = set(readable_drafts(user).filter(agreement=rows[0].annex.agreement).values_list("pk", flat=True))
    takes_part = has(user, Perm.READ_PROPOSED, rows[0].annex.agreement)
    known = [row if takes_part else replace(row, proposal=None) for row in rows]
    return [row for row in known if row.shown or row.coming or row.proposal or row.annex.pk in drafts or row.has_ended]


@require_safe
def agreement_detail(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """What applies now (or on ?den=…), and what is on its way? On another day the agreement's title, its parties and
    who takes part are those of that day, as in its print, and so is what it rested on; the decisions those made by
    then, nothing is due and nothing on its way."""
    agreement = agreement_or_404(request.user, slug)
    asked = asked_day(request)
    day = asked.day
    every = standings(agreement, day)
    then = as_it_was(agreement, day, [row.shown for row in every if row.shown])
    rows = known_standings(request.user, every, day)
    text = next((row for row in rows if row.annex.is_agreement_text), None)
    due = [] if asked.is_another else deadlines([agreement], today())
    overdue = {item.annex.pk for item in due if item.annex is not None and item.is_overdue(today())}
    takes_part = has(request.user, Perm.READ_PROPOSED, agreement)
    endings = list(visible_endings(request.user).within([agreement.pk]).exclude(status__in=Ending.GONE))
    context = {
        "agreement": agreement,
        "then": then.agreement,
        "parent_title": agreement_on(then.agreement.parent, day).title if then.agreement.parent else "",
        "related": related_to(then.agreement, request.user),
        "asked": asked,
        "day": day,
        "is_another_day": asked.is_another,
        "is_printable": not asked.is_another or any(row.shown for row in every),
        "status": status_of(agreement, day),
        "text": text,
        "applies_from": applies_from(then.agreement, text),
        "rows": [row for row in rows if not row.annex.is_agreement_text],
        "overdue": overdue,
        "endings_entered": {ending.annex_id for ending in endings if ending.is_open},
        "endings": sorted_out(ending for ending in endings if ending.annex_id is None),
        "parties": [(party, party.organisation.name_on(day)) for party in then.parties],
        "participants": [participant.organisation.name_on(day) for participant in participants_of(then)],
        "groups": groups_of(agreement, day) if takes_part else [],
        "overdue_dates": [item for item in due if item.is_overdue(today())],
        "deadlines": [item for item in due if not item.is_overdue(today())][:3],
        "revision_due": next((item for item in due if item.source == "R11"), None),
        "decisions": agreement.decisions.filter(decided_on__lte=day)
        .select_related("revision__annex")
        .defer("revision__content", "revision__plain_text", "revision__ids")[:5],
        "events": latest_acts(agreement, request.user, EVENTS) if takes_part and not asked.is_another else [],
        "matters": agreement.matters.all()[:3] if takes_part and not asked.is_another else [],
        "manifest": agreement.manifests.open().first() if takes_part and not asked.is_another else None,
        "warning": parent_warning(then.agreement, day),
        "takes_part": takes_part,
        "may_manage": may_manage(request.user, agreement),
        "may_end": may_enter_ending(request.user, agreement),
        "may_submit": may_submit(request.user, agreement),
        "may_register": may_enter_decision(request.user, agreement),
        "may_sign": may_open(request.user, agreement),
    }
    return render(request, "agreements/agreement/detail.html", context)
