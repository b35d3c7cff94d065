"""Who is let into an agreement, and who leaves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.group import EndForm, MembershipForm
from agreements.models import Agreement, Membership, RoleGroup
from agreements.permissions import Capacity, Role
from agreements.policies.agreement import may_let_in
from agreements.views.form_page import form_page
from agreements.views.lookup import require
from agreements.views.managed_lookup import managed_or_403
from agreements.workflow.group import role_group
from agreements.workflow.membership import end_membership, join
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.accounts.workflow import invite
from samverkan.verdict import TransitionRefused


@require_http_methods(["GET", "POST"])
def membership_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Let somebody in, by invitation where there is no account yet."""
    agreement = managed_or_403(request.user, slug)
    form = MembershipForm(request.POST or None, agreement=agreement, initial={"place": request.GET.get("plats", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _let_in(agreement, data, by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("%(who)s has joined.") % {"who": data["name"] or data["email"]})
            return redirect("agreements:group_detail", slug)
    title, back = _("Let somebody in"), reverse("agreements:group_detail", args=[slug])
    return form_page(request, form, agreement=agreement, title=title, button=_("Let in"), back=back)


@transaction.atomic
def _let_in(agreement: Agreement, data: dict[str, Any], *, by: User) -> None:
    user = None
    if data["email"]:  # with an account too: it may be closed, or wait for its password
        user = invite(data["email"], data["name"], title=data["title"], by=by)
    join(
        _chosen_group(agreement, data["place"]), by=by, user=user, name=data["name"], party=data["party"],
        organisation=data["organisation"], seat=data["seat"], capacity=Capacity(data["capacity"]),
        is_convener=data["is_convener"], starts_on=data["starts_on"], ends_on=data["ends_on"],
    )  # fmt: skip


def _chosen_group(agreement: Agreement, place: str) -> RoleGroup:
    kind, _colon, word = place.partition(":")
    if kind == "group":
        return get_object_or_404(RoleGroup, agreement=agreement, governing_group=int(word))
    return role_group(agreement, Role(word))


@require_http_methods(["GET", "POST"])
def membership_end(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """See somebody out, from a day on."""
    agreement = managed_or_403(request.user, slug)
    membership = get_object_or_404(Membership, role_group__agreement=agreement, pk=pk)
    require(may_let_in(request.user, agreement, membership.party))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership, by=request.user, ends_on=form.cleaned_data["ends_on"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(who)s has left.") % {"who": membership})
            return redirect("agreements:group_detail", slug)
    title = _("%(who)s leaves %(group)s") % {"who": membership, "group": membership.role_group.label}
    back = reverse("agreements:group_detail", args=[slug])
    return form_page(request, form, agreement=agreement, title=title, button=_("End the membership"), back=back)
