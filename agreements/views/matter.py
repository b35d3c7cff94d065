"""A matter: what goes to the meeting together, and a yes to all of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.pdf.printing import decision_pdf, matter_pdf
from agreements.policies.proposal import deciding_party, may_assent
from agreements.selectors.matter import answers_wanted, part_of, parts_of
from agreements.selectors.wording import wording_of
from agreements.views.lookup import matter_or_404
from agreements.views.matter_step import moved_on, steps_of
from agreements.views.printing import pdf_response
from agreements.views.proposal import choices_of, proposal_context
from agreements.workflow.proposal import assent_to_all
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@require_safe
def matter_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What goes to the meeting together? What is asked of each part, what yes means and who has said it; the rest of
    a part comes when it is opened, from its own page."""
    matter = matter_or_404(request.user, pk)
    proposals = parts_of(matter)
    choices = [{word for word, _step, _verdict in choices_of(request.user, proposal)} for proposal in proposals]
    only = proposal_context(request.user, proposals[0]) if len(proposals) == 1 else {}
    context = only | {
        "matter": matter,
        "agreement": matter.agreement,
        "parts": [part_of(proposal) for proposal in proposals] if len(proposals) > 1 else [],
        "can_assent": sum("bifall" in words for words in choices),
        "answers_wanted": answers_wanted(proposals),
        "steps": steps_of(matter, choices),
        "has_decisions": matter.decisions.exists(),
    }
    return render(request, "agreements/matter/detail.html", context)


@require_safe
def matter_print(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One PDF of it all, to read offline: each text with what changed."""
    matter = matter_or_404(request.user, pk)
    return pdf_response(matter_pdf(matter), f"arende-{matter.pk}")


@require_safe
def matter_record_print(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One decision record that names every text decided in the matter, with a part for each way of deciding."""
    matter = matter_or_404(request.user, pk)
    rows = matter.decisions.select_related("revision__proposal", "annex", "agreement", "manifest", "minutes")
    decisions = list(rows.order_by("annex__sort_key"))
    if not decisions:
        raise Http404
    return pdf_response(decision_pdf(decisions, title=matter.title), f"beslut-arende-{matter.pk}")


@require_http_methods(["GET", "POST"])
def matter_assent(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say yes to every part at once: all of them or none, and to nothing that the page did not show. A second click is
    told that they have moved on."""
    matter = matter_or_404(request.user, pk)
    rows = matter.proposals.select_related("revision__annex", "annex__agreement").order_by("annex__sort_key")
    proposals = [proposal for proposal in rows if may_assent(request.user, proposal)]
    if not proposals:
        if request.method == "POST" and any(deciding_party(request.user, proposal) for proposal in rows):
            return moved_on(request, matter)
        raise PermissionDenied(_("No part of the matter waits for your assent."))
    if request.method == "POST":
        seen = {proposal.pk: mark for proposal in proposals if (mark := request.POST.get(f"sedd-{proposal.pk}"))}
        if not seen or len(seen) != sum(name.startswith("sedd-") for name in request.POST):
            messages.error(request, _("Something has happened to these parts meanwhile. Read them again."))
            return redirect(request.path)
        try:
            assent_to_all((proposal for proposal in proposals if proposal.pk in seen), by=request.user, seen=seen)
        except TransitionRefused as refusal:
            messages.error(request, _sentence(refusal))
        else:
            messages.success(request, _("Your assent to all parts has been recorded."))
        return redirect(matter)
    parts = [(proposal, wording_of(proposal)) for proposal in proposals]
    context = {"matter": matter, "agreement": matter.agreement, "parts": parts}
    return render(request, "agreements/matter/assent.html", context)


def _sentence(refusal: TransitionRefused) -> str:
    """Why, and where a day can be chosen when one is needed."""
    reason = str(refusal.verdict.reason)
    if refusal.verdict.code != "day_taken":
        return reason
    return _("%(reason)s You can do so when you say yes to that part alone.") % {"reason": reason}
