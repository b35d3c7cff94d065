"""Sending a text on its way: one annex, or several as a matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.documents.checker import Finding, Severity
from agreements.forms.signing import leave_unjudged
from agreements.forms.submission import AnswerDateForm, MatterForm, SubmissionForm
from agreements.models import Annex, Matter, Party, Revision
from agreements.policies.agreement import may_submit as may_submit_in
from agreements.policies.annex import readable_drafts
from agreements.policies.proposal import may_submit
from agreements.rights import today
from agreements.selectors.annexes import of_draft
from agreements.selectors.circle import circle_of
from agreements.selectors.findings import findings, unanswered
from agreements.selectors.in_force import revision_in_force
from agreements.views.lookup import agreement_or_404, annex_or_404, require
from agreements.views.redline import redline_context
from agreements.views.refusal import explained
from agreements.workflow.revision import submit, submit_matter
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, Verdict


@dataclass
class Part:
    """What the one who sends an annex sees of it: the form, what the checker found, and what is in force now."""

    annex: Annex
    form: SubmissionForm
    errors: list[Finding]
    warnings: list[Finding]
    before: Revision | None

    @cached_property
    def changes(self) -> dict[str, Any]:
        """The redline of the working text against what is in force, as redline_context gives it."""
        document = self.before.document if self.before else None
        return redline_context(self.annex, document, of_draft(self.annex).document)


def _part(annex: Annex, data: QueryDict | None, parties: list[Party], prefix: str) -> Part:
    found = findings(annex)
    form = SubmissionForm(
        data, prefix=prefix, annex=annex, parties=parties, has_warnings=bool(unanswered(annex, found))
    )
    return Part(
        annex,
        form,
        [finding for finding in found if finding.severity == Severity.ERROR],
        [finding for finding in found if finding.severity == Severity.WARNING],
        revision_in_force(annex, today()),
    )


def _typed(data: QueryDict, prefix: str) -> QueryDict | None:
    """``data`` when something was filled in under ``prefix``."""
    return data if any(name.startswith(f"{prefix}-") for name in data) else None


def _kept(annexes: list[Annex], data: QueryDict, parties: list[Party]) -> list[SubmissionForm]:
    """What was typed for annexes that are not sent, each as a form to copy from: nobody loses it without a word."""
    forms = [
        SubmissionForm(data, prefix=_prefix(annex), annex=annex, parties=parties, has_warnings=False)
        for annex in annexes
        if _typed(data, _prefix(annex))
    ]
    return [form for form in forms if form.keep_for_copying()]


def _prefix(annex: Annex) -> str:
    return f"bilaga-{annex.number}"


@require_http_methods(["GET", "POST"])
def submission_create(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Send an annex on its way: change summary, the checker's result, what changed, and who will be told."""
    annex = annex_or_404(request.user, slug, number)
    require(may_submit(request.user, annex))
    parties = list(annex.agreement.parties.select_related("organisation"))
    part = _part(annex, request.POST or None, parties, "bilaga")
    form = part.form
    dates = AnswerDateForm(request.POST or None, prefix="svar")
    if request.method == "POST" and form.is_valid() and dates.is_valid():
        try:
            proposal = submit(
                form.submission(), by=request.user, answer_wanted_by=dates.cleaned_data["answer_wanted_by"]
            )
        except TransitionRefused as refusal:
            form.add_error(None, explained(refusal))
        else:
            messages.success(request, _("%(text)s has been sent.") % {"text": proposal.revision})
            return redirect(proposal)
    context = {
        "annex": annex,
        "agreement": annex.agreement,
        "part": part,
        "form": form,
        "dates": dates,
        "circle": circle_of([annex], by=request.user),
        "is_prepared": annex.agreement.is_prepared,
    } | part.changes
    return render(request, "agreements/submission/create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def matter_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Several annexes to one meeting: choose them, see of each what one sees when it is sent alone, say what is
    proposed, send all or none."""
    agreement = agreement_or_404(request.user, slug)
    require(may_submit_in(request.user, agreement))
    annexes = list(readable_drafts(request.user).filter(agreement=agreement).order_by("sort_key"))
    verdicts = {annex: may_submit(request.user, annex) for annex in annexes}
    possible = [annex for annex, verdict in verdicts.items() if verdict]
    numbers = request.POST.getlist("bilagor") if request.method == "POST" else request.GET.getlist("bilaga")
    chosen = [annex for annex in possible if annex.number in numbers]
    parties = list(agreement.parties.select_related("organisation"))
    sent = request.POST if "skicka" in request.POST else None
    matter_form = MatterForm(sent or _typed(request.POST, "arende"), prefix="arende")
    parts = [_part(annex, sent or _typed(request.POST, _prefix(annex)), parties, _prefix(annex)) for annex in chosen]
    if sent is None:
        leave_unjudged(matter_form, *(part.form for part in parts))
    else:
        _judge_choice(matter_form, {annex: verdicts[annex] for annex in annexes if annex.number in numbers})
        valid = all([matter_form.is_valid(), *(part.form.is_valid() for part in parts)])
        if parts and valid and (matter := _submit(matter_form, parts, by=request.user)):
            messages.success(request, _("%(matter)s has been sent.") % {"matter": matter})
            return redirect(matter)
    context = {
        "agreement": agreement,
        "possible": possible,
        "chosen": chosen,
        "matter_form": matter_form,
        "parts": parts,
        "kept": _kept([annex for annex in annexes if annex not in chosen], request.POST, parties),
        "faulty": [part.annex for part in parts if part.errors],
        "circle": circle_of(chosen, by=request.user) if chosen else None,
        "is_prepared": agreement.is_prepared,
    }
    return render(request, "agreements/submission/matter.html", context, status=200 if sent is None else 422)


def _judge_choice(form: MatterForm, verdicts: dict[Annex, Verdict]) -> None:
    """Say on ``form`` which of the chosen annexes cannot be sent, or that none was chosen."""
    for annex, verdict in verdicts.items():
        if not verdict:
            form.add_error(None, _("%(annex)s: %(fault)s") % {"annex": annex, "fault": verdict.reason})
    if not verdicts:
        form.add_error(None, _("Choose at least one annex."))


def _submit(form: MatterForm, parts: list[Part], *, by: User) -> Matter | None:
    """The matter with all its parts, sent; None, with the reason on ``form``, when it is refused."""
    try:
        return submit_matter(
            [part.form.submission() for part in parts],
            title=form.cleaned_data["title"],
            is_bound_together=form.cleaned_data["is_bound_together"],
            answer_wanted_by=form.cleaned_data["answer_wanted_by"],
            by=by,
        )
    except TransitionRefused as refusal:
        form.add_error("is_bound_together" if refusal.verdict.code == "bound_apart" else None, explained(refusal))
        return None
