"""How the functions are reached: live, outside every decision (R142)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.group import ContactForm
from agreements.models import Agreement, Contact
from agreements.policies.contact import may_manage_contacts
from agreements.views.form_page import form_page
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.contact import remove_contact, save_contact
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User


def _agreement(user: User, slug: str) -> Agreement:
    """The agreement whose contacts ``user`` may change; 403 with the reason for who may only see it."""
    agreement = agreement_or_404(user, slug)
    require(may_manage_contacts(user, agreement))
    return agreement


@require_http_methods(["GET", "POST"])
def contact_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """A function more that can be reached."""
    return _form(request, _agreement(request.user, slug), Contact())


@require_http_methods(["GET", "POST"])
def contact_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """How it is reached now; texts that have been decided keep it as it was."""
    agreement = _agreement(request.user, slug)
    return _form(request, agreement, get_object_or_404(agreement.contacts, pk=pk))


def _form(request: AuthenticatedHttpRequest, agreement: Agreement, contact: Contact) -> HttpResponse:
    is_new, title = contact.pk is None, str(contact)
    form = ContactForm(request.POST or None, agreement=agreement, instance=contact)
    if request.method == "POST" and form.is_valid():
        save_contact(form.instance, by=request.user)
        messages.success(request, _("%(contact)s has been saved.") % {"contact": contact})
        return redirect("agreements:group_detail", agreement.slug)
    return form_page(
        request,
        form,
        agreement=agreement,
        title=_("New contact") if is_new else title,
        lead=_("Contacts can be changed without a decision. The printed contact sheet carries the day."),
        button=_("Save"),
        back=reverse("agreements:group_detail", args=[agreement.slug]),
        remove_url="" if is_new else reverse("agreements:contact_remove", args=[agreement.slug, contact.pk]),
        remove_label=_("Take the contact away"),
    )


@require_http_methods(["GET", "POST"])
def contact_remove(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a contact out of the register; printed sheets and decided texts keep what they say (R167)."""
    agreement = _agreement(request.user, slug)
    contact = get_object_or_404(agreement.contacts, pk=pk)
    if request.method == "POST":
        remove_contact(contact, by=request.user)
        messages.success(request, _("%(contact)s has been taken away.") % {"contact": contact})
        return redirect("agreements:group_detail", slug)
    return form_page(
        request,
        forms.Form(),
        agreement=agreement,
        title=_("Take away the contact %(contact)s") % {"contact": contact},
        lead=_("Texts that have been decided keep it as it was."),
        button=_("Take the contact away"),
        back=reverse("agreements:contact_edit", args=[slug, pk]),
        tone="danger",
    )
