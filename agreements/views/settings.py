from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.group import AgreementForm, PartyForm
from agreements.policies.agreement import may_manage
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.agreement import change_agreement, change_party
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_http_methods(["GET", "POST"])
def agreement_edit(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The agreement's settings, and each party's term and registry number."""
    agreement = agreement_or_404(request.user, slug)
    require(may_manage(request.user, agreement))
    data = request.POST or None
    form = AgreementForm(data, instance=agreement, prefix="avtal")
    parties = list(agreement.parties.select_related("organisation"))
    forms = [PartyForm(data, instance=party, prefix=f"part-{party.pk}") for party in parties]
    if request.method == "POST" and all([form.is_valid(), *(each.is_valid() for each in forms)]):
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
        if changes:
            change_agreement(agreement, changes, reason=form.cleaned_data["reason"], by=request.user)
        for each in forms:
            if each.has_changed():
                change_party(each.instance, by=request.user, **each.cleaned_data)
        messages.success(request, _("The settings have been saved."))
        return redirect(agreement)
    context = {"agreement": agreement, "form": form, "forms": forms}
    bad = data is not None
    return render(request, "agreements/agreement/settings.html", context, status=422 if bad else 200)
