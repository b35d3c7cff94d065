"""The decision page: what am I asked, and what does yes mean? And the moves, each a POST of its own.

A move that comes twice (a double click without scripts, a second tab) is made once, and the second leads to the same
place as the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.proposal import (
    AssentForm,
    DisputeForm,
    MeetingEntryForm,
    OpinionForm,
    OptionalReasonForm,
    PostponeForm,
    QuestionForm,
    ReadEntry,
    ReasonForm,
    WithdrawForm,
)
from agreements.models import Decision, MeetingEntry, Move, Proposal
from agreements.policies import proposal as policy
from agreements.policies.lapse import can_begin_to_apply
from agreements.policies.signing import may_open, visible_manifests
from agreements.selectors import made_already as already
from agreements.selectors.comments import comments_on
from agreements.selectors.decision_basis import basis_of, previous
from agreements.selectors.made_already import MadeAlready
from agreements.selectors.removals import tombstones
from agreements.selectors.wording import is_changed, wording_of
from agreements.states import ProposalStatus
from agreements.views.lookup import proposal_or_404, require
from agreements.views.redline import redline_context
from agreements.workflow import proposal as moves
from agreements.workflow.comment import ask
from agreements.workflow.file import store_pdf
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import ALLOWED, TransitionRefused, Verdict


@dataclass(frozen=True)
class Step:
    """One move as a page of its own: its word in the address, its question, who may, its form, and what happens."""

    question: str | Promise
    button: str | Promise
    done: str | Promise
    may: Callable[[User, Proposal], Verdict]
    form: type[forms.Form] | None
    act: Callable[[Proposal, User, dict[str, Any]], object]
    made: MadeAlready
    tone: str = ""


def _enter(proposal: Proposal, by: User, data: dict[str, Any]) -> object:
    upload = data.pop("minutes", None)
    with transaction.atomic():
        minutes = store_pdf(proposal.annex.agreement, upload, by=by) if upload else None
        return moves.enter_decision(proposal, by=by, minutes=minutes, **data)


STEPS: dict[str, Step] = {
    "skicka-vidare": Step(
        gettext_lazy("Is it ready for the steering group?"),
        gettext_lazy("Forward to the steering group"),
        gettext_lazy("Forwarded for your party."),
        policy.may_forward,
        OptionalReasonForm,
        lambda proposal, by, data: moves.forward(proposal, by=by, **data),
        already.moved(Move.Verb.FORWARD),
    ),
    "bifall": Step(
        gettext_lazy("Do you say yes for your party?"),
        gettext_lazy("Yes, adopt"),
        gettext_lazy("Your assent has been recorded."),
        policy.may_assent,
        AssentForm,
        lambda proposal, by, data: moves.give_assent(proposal, by=by, **data),
        already.assented,
    ),
    "aterta-bifall": Step(
        gettext_lazy("Do you want to take your yes back?"),
        gettext_lazy("Take back my assent"),
        gettext_lazy("Your assent has been withdrawn."),
        policy.may_withdraw_assent,
        None,
        lambda proposal, by, data: moves.withdraw_assent(proposal, by=by),
        already.moved(Move.Verb.WITHDRAW_ASSENT),
        "warning",
    ),
    "aterremittera": Step(
        gettext_lazy("What has to be reworked?"),
        gettext_lazy("Refer back"),
        gettext_lazy("Referred back to the coordinator."),
        policy.may_refer_back,
        ReasonForm,
        lambda proposal, by, data: moves.refer_back(proposal, by=by, **data),
        already.moved(Move.Verb.REFER_BACK),
        "warning",
    ),
    "avsla": Step(
        gettext_lazy("Why is it rejected?"),
        gettext_lazy("Reject"),
        gettext_lazy("Rejected."),
        policy.may_reject,
        ReasonForm,
        lambda proposal, by, data: moves.reject(proposal, by=by, **data),
        already.moved(Move.Verb.REJECT),
        "danger",
    ),
    "bordlagg": Step(
        gettext_lazy("Until when is it postponed?"),
        gettext_lazy("Postpone"),
        gettext_lazy("Postponed."),
        policy.may_postpone,
        PostponeForm,
        lambda proposal, by, data: moves.postpone(proposal, by=by, **data),
        already.moved(Move.Verb.POSTPONE),
    ),
    "yttra": Step(
        gettext_lazy("Do you support the proposal?"),
        gettext_lazy("Record"),
        gettext_lazy("Your stance has been recorded."),
        policy.may_give_opinion,
        OpinionForm,
        lambda proposal, by, data: moves.give_opinion(proposal, by=by, **data),
        already.stated,
    ),
    "ta-tillbaka": Step(
        gettext_lazy("Do you want to withdraw this version?"),
        gettext_lazy("Withdraw"),
        gettext_lazy("Withdrawn. The working text is as it was."),
        policy.may_withdraw,
        WithdrawForm,
        lambda proposal, by, data: moves.withdraw(proposal, by=by, **data),
        already.moved(Move.Verb.WITHDRAW),
        "danger",
    ),
    "for-in-beslut": Step(
        gettext_lazy("What did the meeting decide?"),
        gettext_lazy("Enter the decision"),
        gettext_lazy("Entered. It is decided when every other party has confirmed it."),
        policy.may_enter_decision,
        MeetingEntryForm,
        _enter,
        already.entered,
    ),
    "bekrafta": Step(
        gettext_lazy("Is the entered decision right?"),
        gettext_lazy("Confirm"),
        gettext_lazy("Confirmed."),
        policy.may_confirm,
        ReadEntry,
        lambda proposal, by, data: moves.confirm_entry(proposal, by=by, **data),
        already.moved(Move.Verb.CONFIRM),
    ),
    "bestrid": Step(
        gettext_lazy("What is wrong with the entered decision?"),
        gettext_lazy("Dispute"),
        gettext_lazy("Disputed. Those who entered it are told why."),
        policy.may_dispute,
        DisputeForm,
        lambda proposal, by, data: moves.dispute_entry(proposal, by=by, **data),
        already.moved(Move.Verb.DISPUTE),
        "warning",
    ),
    "fraga": Step(
        gettext_lazy("What do you want to know before you decide?"),
        gettext_lazy("Send the question"),
        gettext_lazy("Your question has been sent."),
        policy.may_comment,
        QuestionForm,
        lambda proposal, by, data: ask(proposal, by=by, **data),
        already.asked,
    ),
}


ALWAYS = ("fraga", "ta-tillbaka")
"""Moves that are open, but for which nobody waits."""


def choices_of(user: User, proposal: Proposal) -> list[tuple[str, Step, Verdict]]:
    """The moves that are somebody's in ``user``'s place: those allowed, and those refused for the state only."""
    found = [(word, step, step.may(user, proposal)) for word, step in STEPS.items()]
    return [(word, step, verdict) for word, step, verdict in found if verdict]


@require_safe
def proposal_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The decision page. What yes means comes before what changed. The page of a matter fetches what is in it."""
    proposal = proposal_or_404(request.user, pk)
    template = "agreements/proposal/_decision.html" if request.htmx else "agreements/proposal/detail.html"
    response = render(request, template, proposal_context(request.user, proposal))
    patch_vary_headers(response, ["HX-Request"])
    return response


def proposal_context(user: User, proposal: Proposal) -> dict[str, Any]:
    """Everything that the decision page shows about one proposal."""
    before = previous(proposal)
    document = proposal.revision.document
    party = policy.deciding_party(user, proposal) or policy.coordinator_party(user, proposal)
    redline = redline_context(proposal.annex, before.document if before else None, document)
    basis = basis_of(before.document if before else None, document, proposal.annex.agreement)
    decision = Decision.objects.filter(revision=proposal.revision).first()
    wording = wording_of(proposal)
    choices = {word: step for word, step, _verdict in choices_of(user, proposal)}
    return {
        "proposal": proposal,
        "annex": proposal.annex,
        "agreement": proposal.annex.agreement,
        "revision": proposal.revision,
        "before": before,
        "basis": basis,
        "commitments": basis.commitments_of(party),
        "party": party,
        "consequences": proposal.consequences.select_related("party__organisation"),
        "wording": wording if is_changed(proposal, wording) else None,
        "words": proposal.moves.filter(verb=Move.Verb.FORWARD).select_related("moved_by", "party__organisation"),
        "assents": proposal.assents.filter(withdrawn_at=None).select_related("party__organisation"),
        "missing": policy.parties_missing(proposal) if proposal.status == ProposalStatus.PROPOSED else [],
        "opinions": proposal.opinions.all(),
        "entry": _open_entry(proposal),
        "moves": proposal.moves.select_related("moved_by", "party__organisation"),
        "questions": comments_on(user, proposal, document),
        "choices": choices,
        "lapse": can_begin_to_apply(proposal) if proposal.is_on_its_way else ALLOWED,
        "has_to_act": any(word not in ALWAYS for word in choices),
        **signing_context(user, proposal),
        "decision": decision,
        "tombstones": tombstones([before, proposal.revision]),
        **redline,
    }


def _open_entry(proposal: Proposal) -> MeetingEntry | None:
    """What was entered from a meeting, with all that the one who confirms it wants to see."""
    return proposal.meeting_entries.filter(closed_at=None).select_related("party__organisation", "minutes").first()


def signing_context(user: User, proposal: Proposal) -> dict[str, Any]:
    """Where a text that waits for signatures is signed: the signing that is open, or that the reader may prepare."""
    if proposal.status != ProposalStatus.AWAITING_SIGNATURES:
        return {}
    entry = proposal.revision.manifest_entries.filter(
        manifest__in=visible_manifests(user), manifest__closed_at=None, manifest__withdrawn_at=None
    ).select_related("manifest").first()  # fmt: skip
    return {
        "manifest": entry.manifest if entry else None,
        "may_sign": bool(may_open(user, proposal.annex.agreement)),
    }


@require_http_methods(["GET", "POST"])
def proposal_step(request: AuthenticatedHttpRequest, pk: int, word: str) -> HttpResponse:
    """The last step before a move: the sentence repeated, a form where one is needed. Nothing moves on GET."""
    proposal = proposal_or_404(request.user, pk)
    step = STEPS[word]
    if _came_twice(request, step, proposal):
        return _led_on(request, proposal)
    require(step.may(request.user, proposal))
    form = _form_of(request, step, proposal)
    is_complete = request.method == "POST" and (form is None or form.is_valid())
    if is_complete and (answer := _carry_out(request, step, proposal, form)):
        return answer
    context = {"proposal": proposal, "agreement": proposal.annex.agreement, "step": step, "word": word, "form": form}
    context |= {"entry": _open_entry(proposal), "wording": wording_of(proposal)}
    status = 422 if request.method == "POST" else 200
    return render(request, "agreements/proposal/step.html", context, status=status)


def _carry_out(
    request: AuthenticatedHttpRequest, step: Step, proposal: Proposal, form: forms.Form | None
) -> HttpResponse | None:
    """Make the move, and go on; None, with the reason on the form, when it is refused."""
    try:
        step.act(proposal, request.user, dict(form.cleaned_data) if form else {})
    except TransitionRefused as refusal:
        if _came_twice(request, step, proposal):  # the other of two simultaneous clicks
            return _led_on(request, proposal)
        if form is None:
            messages.error(request, str(refusal.verdict.reason))
            return redirect(proposal)
        form.add_error(None, str(refusal.verdict.reason))
        return None
    return _after(request, proposal, step)


def _came_twice(request: AuthenticatedHttpRequest, step: Step, proposal: Proposal) -> bool:
    return request.method == "POST" and step.made(proposal, request.user, request.POST)


def _led_on(request: AuthenticatedHttpRequest, proposal: Proposal) -> HttpResponse:
    messages.info(request, _("You have done this already. It counts once."))
    return redirect(Decision.objects.filter(revision=proposal.revision).first() or proposal.matter or proposal)


def _form_of(request: AuthenticatedHttpRequest, step: Step, proposal: Proposal) -> forms.Form | None:
    if step.form is None:
        return None
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if issubclass(step.form, MeetingEntryForm | AssentForm | ReadEntry):
        return step.form(data, files, proposal=proposal)
    return step.form(data, files)


def _after(request: AuthenticatedHttpRequest, proposal: Proposal, step: Step) -> HttpResponse:
    """To the decision when there is one now, else back to where one was."""
    decision = Decision.objects.filter(revision=proposal.revision).first()
    if decision is not None:
        messages.success(request, _("Decided. %(decision)s has been written.") % {"decision": decision})
        return redirect(decision)
    messages.success(request, str(step.done))
    return redirect(proposal.matter or proposal)
