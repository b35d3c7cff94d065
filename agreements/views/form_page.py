"""A page that is one form: what is asked before something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from agreements.models import Agreement
    from samverkan.accounts.http import AuthenticatedHttpRequest


def form_page(
    request: AuthenticatedHttpRequest,
    form: forms.Form | forms.ModelForm[Any],
    *,
    agreement: Agreement,
    title: str,
    button: str,
    back: str,
    lead: str = "",
    tone: str = "",
    remove_url: str = "",
    remove_label: str = "",
) -> HttpResponse:
    """The page of ``form``; 422 when something is wrong in it.

    ``lead`` stands under the title, ``tone`` is the button's colour ("danger"), ``back`` where Cancel leads. Under the
    form is a link to where the thing itself is taken away, when there is one. A mere question is an empty ``Form()``.
    """
    context = {
        "form": form, "agreement": agreement, "title": title, "button": button, "back": back, "lead": lead,
        "tone": tone, "remove_url": remove_url, "remove_label": remove_label,
    }  # fmt: skip
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)
