"""Who is who in an agreement, and its governing groups."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.group import GroupForm
from agreements.models import Agreement, GoverningGroup, GroupKind
from agreements.permissions import Perm
from agreements.policies.agreement import may_let_in, may_manage
from agreements.policies.contact import may_manage_contacts
from agreements.rights import agreements_with, today
from agreements.selectors.groups import contacts_of, groups_of, other_days_of, roles_of
from agreements.selectors.priority_areas import area_names, choosable_areas
from agreements.views.form_page import form_page
from agreements.views.managed_lookup import managed_or_403
from agreements.workflow.group import change_group, create_group
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User


@require_safe
def group_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who is who, in every agreement where I take part?"""
    mine = agreements_with(request.user, Perm.READ_PROPOSED)
    return render(request, "agreements/group/list.html", {"agreements": mine})


@require_safe
def group_detail(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Groups with seats, filled or vacant; the other roles; contacts by party."""
    agreement = get_object_or_404(agreements_with(request.user, Perm.READ_PROPOSED), slug=slug)
    day = today()
    contacts = contacts_of(agreement, day)
    manages = may_manage(request.user, agreement)
    context = {
        "agreement": agreement,
        "day": day,
        "groups": groups_of(agreement, day, area_names(request.user, agreement)),
        "roles": roles_of(agreement, day),
        "contacts": contacts,
        "has_contacts": any(view.contacts for view in contacts),
        "other_days": other_days_of(agreement, day) if manages else None,
        "may_manage": manages,
        "own_people": _own_people(request.user, agreement),
        "may_manage_contacts": may_manage_contacts(request.user, agreement),
    }
    return render(request, "agreements/group/detail.html", context)


def _own_people(user: User, agreement: Agreement) -> set[int | None]:
    """For which parties, by id, ``user`` lets people in and sees them out; None: for those who act for none."""
    parties = [None, *agreement.parties.all()]
    return {party.pk if party else None for party in parties if may_let_in(user, agreement, party)}


@require_http_methods(["GET", "POST"])
def group_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Appoint a working group (R27)."""
    agreement = managed_or_403(request.user, slug)
    form = _group_form(request, agreement, GoverningGroup(kind=GroupKind.WORKING))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        create_group(
            agreement, GroupKind.WORKING, name=data["name"], task=data["task"], starts_on=data["starts_on"],
            ends_on=data["ends_on"], next_meeting_on=data["next_meeting_on"], areas=list(data["priority_areas"]),
            by=request.user,
        )  # fmt: skip
        return redirect("agreements:group_detail", slug)
    title, back = agreement.say(_("Appoint %(working_group)s")), reverse("agreements:group_detail", args=[slug])
    return form_page(request, form, agreement=agreement, title=title, button=_("Appoint"), back=back)


@require_http_methods(["GET", "POST"])
def group_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """The group's name, task, areas and time."""
    agreement = managed_or_403(request.user, slug)
    group = get_object_or_404(agreement.governing_groups, pk=pk)
    form = _group_form(request, agreement, group)
    if request.method == "POST" and form.is_valid():
        change_group(form.instance, areas=form.areas(), by=request.user)
        return redirect("agreements:group_detail", slug)
    back = reverse("agreements:group_detail", args=[slug])
    return form_page(request, form, agreement=agreement, title=str(group), button=_("Save"), back=back)


def _group_form(request: AuthenticatedHttpRequest, agreement: Agreement, group: GoverningGroup) -> GroupForm:
    kept = group.priority_areas.values_list("pk", flat=True) if group.pk else ()
    return GroupForm(
        request.POST or None,
        agreement=agreement,
        areas=choosable_areas(request.user, agreement, kept),
        names=area_names(request.user, agreement),
        instance=group,
    )
