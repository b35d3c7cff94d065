"""The functions that the agreement wants in its groups (R22, R28, R34)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.group import SeatForm
from agreements.models import Agreement, Seat
from agreements.views.form_page import form_page
from agreements.views.managed_lookup import managed_or_403
from agreements.workflow.seat import add_seat, change_seat, remove_seat
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User


def _seat(user: User, slug: str, pk: int) -> tuple[Agreement, Seat]:
    agreement = managed_or_403(user, slug)
    seats = Seat.objects.select_related("group__agreement")
    return agreement, get_object_or_404(seats, group__agreement=agreement, pk=pk)


@require_http_methods(["GET", "POST"])
def seat_create(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """A function more that a group shall have; ``pk`` is the group's."""
    agreement = managed_or_403(request.user, slug)
    group = get_object_or_404(agreement.governing_groups, pk=pk)
    form = SeatForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        add_seat(group, by=request.user, **form.cleaned_data)
        return redirect("agreements:group_detail", slug)
    title, back = _("New seat in %(group)s") % {"group": group}, reverse("agreements:group_detail", args=[slug])
    return form_page(request, form, agreement=agreement, title=title, button=_("Add"), back=back)


@require_http_methods(["GET", "POST"])
def seat_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the agreement wants in the seat."""
    agreement, seat = _seat(request.user, slug, pk)
    title = seat.function
    form = SeatForm(request.POST or None, agreement=agreement, instance=seat)
    if request.method == "POST" and form.is_valid():
        change_seat(form.instance, by=request.user)
        messages.success(request, _("%(seat)s has been saved.") % {"seat": seat})
        return redirect("agreements:group_detail", slug)
    return form_page(
        request,
        form,
        agreement=agreement,
        title=title,
        lead=_("A seat in %(group)s.") % {"group": seat.group},
        button=_("Save"),
        back=reverse("agreements:group_detail", args=[slug]),
        remove_url=reverse("agreements:seat_remove", args=[slug, pk]),
        remove_label=_("Take the seat away"),
    )


@require_http_methods(["GET", "POST"])
def seat_remove(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the seat away, after a question; who sits there stays in the group."""
    agreement, seat = _seat(request.user, slug, pk)
    if request.method == "POST":
        remove_seat(seat, by=request.user)
        messages.success(request, _("%(seat)s has been taken away.") % {"seat": seat})
        return redirect("agreements:group_detail", slug)
    return form_page(
        request,
        forms.Form(),
        agreement=agreement,
        title=_("Take away the seat %(seat)s") % {"seat": seat},
        lead=_("Who sits there stays in %(group)s, without a seat.") % {"group": seat.group},
        button=_("Take the seat away"),
        back=reverse("agreements:seat_edit", args=[slug, pk]),
        tone="danger",
    )
