from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.documents.checker import Severity
from agreements.forms.submission import AnswerDateForm, MatterForm, SubmissionForm
from agreements.models import Annex, Party
from agreements.policies.agreement import may_submit as may_submit_in
from agreements.policies.annex import readable_drafts
from agreements.policies.proposal import may_submit
from agreements.rights import today
from agreements.selectors.agreements import groups_of
from agreements.selectors.annexes import of_draft
from agreements.selectors.findings import findings, unanswered
from agreements.selectors.in_force import revision_in_force
from agreements.views.lookup import agreement_or_404, annex_or_404, require
from agreements.views.redline import redline_context
from agreements.workflow.revision import submit, submit_matter
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


def submission_form(
    request: AuthenticatedHttpRequest, annex: Annex, parties: list[Party], prefix: str
) -> SubmissionForm:
    found = findings(annex)
    return SubmissionForm(
        request.POST or None,
        prefix=prefix,
        annex=annex,
        parties=parties,
        has_warnings=bool(unanswered(annex, found)),
    )


def told(annex: Annex) -> list[str]:
    """Who will be told: the group whose turn it becomes, by name."""
    kind = "preparatory" if annex.agreement.is_prepared else "steering"
    views = [view for view in groups_of(annex.agreement, today()) if view.group.kind == kind]
    return [str(member) for view in views for seat in view.seats for member in seat.holders] + [
        str(member) for view in views for member in view.members
    ]


@require_http_methods(["GET", "POST"])
def submission_create(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Send an annex on its way: change summary, the checker's result, what changed, and who will be told."""
    annex = annex_or_404(request.user, slug, number)
    require(may_submit(request.user, annex))
    parties = list(annex.agreement.parties.select_related("organisation"))
    form = submission_form(request, annex, parties, "bilaga")
    dates = AnswerDateForm(request.POST or None, prefix="svar")
    if request.method == "POST" and form.is_valid() and dates.is_valid():
        try:
            proposal = submit(
                form.submission(), by=request.user, answer_wanted_by=dates.cleaned_data["answer_wanted_by"]
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(text)s has been sent.") % {"text": proposal.revision})
            return redirect(proposal)
    return render(
        request, "agreements/submission/create.html", _context(annex, form, dates), status=422 if form.errors else 200
    )


def _context(annex: Annex, form: SubmissionForm, dates: AnswerDateForm) -> dict[str, Any]:
    found = findings(annex)
    before = revision_in_force(annex, today())
    context = {
        "annex": annex,
        "agreement": annex.agreement,
        "form": form,
        "dates": dates,
        "errors": [finding for finding in found if finding.severity == Severity.ERROR],
        "warnings": [finding for finding in found if finding.severity == Severity.WARNING],
        "told": told(annex),
        "is_prepared": annex.agreement.is_prepared,
        "before": before,
    }
    if before is not None:
        context |= redline_context(annex, before.document, of_draft(annex).document)
    return context


@require_http_methods(["GET", "POST"])
def matter_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Several annexes to one meeting: choose them, say for each what is proposed, send all or none."""
    agreement = agreement_or_404(request.user, slug)
    require(may_submit_in(request.user, agreement))
    annexes = list(readable_drafts(request.user).filter(agreement=agreement).order_by("sort_key"))
    possible = [annex for annex in annexes if may_submit(request.user, annex)]
    chosen_numbers = request.POST.getlist("bilagor") or request.GET.getlist("bilaga")
    chosen = [annex for annex in possible if annex.number in chosen_numbers]
    parties = list(agreement.parties.select_related("organisation"))
    sent = request.POST if "skicka" in request.POST else None
    matter_form = MatterForm(sent, prefix="arende")
    forms = [
        SubmissionForm(
            sent,
            prefix=f"bilaga-{annex.number}",
            annex=annex,
            parties=parties,
            has_warnings=bool(unanswered(annex, findings(annex))),
        )
        for annex in chosen
    ]
    if sent is not None and forms and all([matter_form.is_valid(), *(form.is_valid() for form in forms)]):
        try:
            matter = submit_matter(
                [form.submission() for form in forms],
                title=matter_form.cleaned_data["title"],
                is_bound_together=matter_form.cleaned_data["is_bound_together"],
                answer_wanted_by=matter_form.cleaned_data["answer_wanted_by"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            field = "is_bound_together" if refusal.verdict.code == "bound_apart" else None
            matter_form.add_error(field, str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(matter)s has been sent.") % {"matter": matter})
            return redirect(matter)
    context = {
        "agreement": agreement,
        "possible": possible,
        "chosen": chosen,
        "matter_form": matter_form,
        "forms": forms,
    }
    bad = sent is not None
    return render(request, "agreements/submission/matter.html", context, status=422 if bad else 200)
