from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.group import SeatForm
from agreements.models import Agreement, Seat
from agreements.policies.agreement import may_manage
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.seat import change_seat, remove_seat
from samverkan.accounts.http import AuthenticatedHttpRequest


def _seat(request: AuthenticatedHttpRequest, slug: str, pk: int) -> tuple[Agreement, Seat]:
    agreement = agreement_or_404(request.user, slug)
    require(may_manage(request.user, agreement))
    return agreement, get_object_or_404(
        Seat.objects.select_related("group__agreement"), group__agreement=agreement, pk=pk
    )


@require_http_methods(["GET", "POST"])
def seat_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the agreement wants in the seat."""
    agreement, seat = _seat(request, slug, pk)
    form = SeatForm(request.POST or None, agreement=agreement, instance=seat)
    if request.method == "POST" and form.is_valid():
        change_seat(form.instance, by=request.user)
        messages.success(request, _("%(seat)s has been saved.") % {"seat": seat})
        return redirect("agreements:group_detail", slug)
    context = {
        "agreement": agreement, "form": form, "title": seat.function, "button": _("Save"),
        "lead": _("A seat in %(group)s.") % {"group": seat.group},
        "back": reverse("agreements:group_detail", args=[slug]),
        "remove_url": reverse("agreements:seat_remove", args=[slug, pk]), "remove_label": _("Take the seat away"),
    }  # fmt: skip
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def seat_remove(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    agreement, seat = _seat(request, slug, pk)
    if request.method == "POST":
        remove_seat(seat, by=request.user)
        messages.success(request, _("%(seat)s has been taken away.") % {"seat": seat})
        return redirect("agreements:group_detail", slug)
    context = {
        "agreement": agreement, "form": forms.Form(), "button": _("Take the seat away"), "tone": "danger",
        "title": _("Take away the seat %(seat)s") % {"seat": seat},
        "lead": _("Who sits there stays in %(group)s, without a seat.") % {"group": seat.group},
        "back": reverse("agreements:seat_edit", args=[slug, pk]),
    }  # fmt: skip
    return render(request, "agreements/form.html", context)
