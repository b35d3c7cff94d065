from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.policies.contact import may_manage_contacts
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.contact import remove_contact
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_http_methods(["GET", "POST"])
def contact_remove(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a contact out of the register; printed sheets and decided texts keep what they say (R167)."""
    agreement = agreement_or_404(request.user, slug)
    require(may_manage_contacts(request.user, agreement))
    contact = get_object_or_404(agreement.contacts, pk=pk)
    if request.method == "POST":
        remove_contact(contact, by=request.user)
        messages.success(request, _("%(contact)s has been taken away.") % {"contact": contact})
        return redirect("agreements:group_detail", slug)
    context = {
        "agreement": agreement, "form": forms.Form(), "button": _("Take the contact away"), "tone": "danger",
        "title": _("Take away the contact %(contact)s") % {"contact": contact},
        "lead": _("Texts that have been decided keep it as it was."),
        "back": reverse("agreements:contact_edit", args=[slug, pk]),
    }  # fmt: skip
    return render(request, "agreements/form.html", context)
