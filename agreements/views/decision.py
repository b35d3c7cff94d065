"""A decision to read and to print, its corrections, and reviews without change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.decision import CorrectionForm, ReviewForm
from agreements.pdf.printing import decision_pdf
from agreements.policies.agreement import may_enter_decision
from agreements.policies.decision import may_record_review, visible_tasks
from agreements.policies.removal import keeps_records
from agreements.selectors.removals import tombstones
from agreements.views.form_page import form_page
from agreements.views.lookup import annex_or_404, decision_or_404, require
from agreements.views.printing import pdf_response
from agreements.workflow.decision import correct, record_review
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@require_safe
def decision_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was decided, by whom, when, about which text? Corrections stand visibly below."""
    decision = decision_or_404(request.user, pk)
    proposal = decision.revision.proposal
    context = {
        "decision": decision,
        "agreement": decision.agreement,
        "revision": decision.revision,
        "proposal": proposal,
        "assents": proposal.assents.filter(withdrawn_at=None).select_related("party__organisation"),
        "opinions": proposal.opinions.all(),
        "corrections": decision.corrections.select_related("corrected_by"),
        "may_remove_files": keeps_records(request.user, decision.agreement),
        "tombstones": tombstones([decision.revision]),
        "tasks": visible_tasks(request.user).filter(decision=decision).select_related("annex__agreement", "agreement"),
        "signatories": decision.manifest.signatories.select_related("party__organisation", "signature")
        if decision.manifest
        else [],
        "may_correct": may_enter_decision(request.user, decision.agreement),
    }
    return render(request, "agreements/decision/detail.html", context)


@require_safe
def decision_print(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The decision record as a PDF."""
    decision = decision_or_404(request.user, pk)
    return pdf_response(decision_pdf([decision]), f"beslut-{decision.year}-{decision.number}")


@require_http_methods(["GET", "POST"])
def correction_create(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A visible, dated rättelse."""
    decision = decision_or_404(request.user, pk)
    require(may_enter_decision(request.user, decision.agreement))
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        correct(decision, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The correction stands below the decision."))
        return redirect(decision)
    return form_page(
        request,
        form,
        agreement=decision.agreement,
        title=_("Correct %(decision)s") % {"decision": decision},
        lead=_("The decision stays as it was written. The correction is shown below it, with your name and the day."),
        button=_("Add the correction"),
        back=decision.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def review_create(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Record that an annex was looked over and stands without change."""
    annex = annex_or_404(request.user, slug, number)
    require(may_record_review(request.user, annex))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_review(annex, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Recorded: %(annex)s stands without change.") % {"annex": annex})
            return redirect(annex)
    return form_page(
        request,
        form,
        agreement=annex.agreement,
        title=_("%(annex)s: looked over without change") % {"annex": annex},
        lead=_("The text in force stays as it is, and the next date is counted from this day."),
        button=_("Record"),
        back=annex.get_absolute_url(),
    )
