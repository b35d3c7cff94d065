"""A party that joins an agreement later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.agreement import PartyAddForm
from agreements.policies.agreement import may_add_party
from agreements.views.form_page import form_page
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.agreement import add_party
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@require_http_methods(["GET", "POST"])
def party_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """A party that joins later; its coordinator is let in afterwards, as anybody is."""
    agreement = agreement_or_404(request.user, slug)
    require(may_add_party(request.user, agreement))
    form = PartyAddForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            party = add_party(agreement, form.facts(), position=form.cleaned_data["position"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(party)s is a party now. Let its coordinator in.") % {"party": party})
            return redirect("agreements:group_detail", slug)
    lead = _(
        "From now on every decision and signing takes the new party too, and the drafts of action plans get fields "
        "for it. What has been decided stays."
    )
    back = reverse("agreements:agreement_edit", args=[slug])
    return form_page(request, form, agreement=agreement, title=_("Add a party"), lead=lead, button=_("Add"), back=back)
