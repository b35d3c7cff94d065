"""Accounts in the administrators' pages: made by invitation, closed rather than deleted."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from samverkan.accounts.models import User
from samverkan.accounts.workflow import invite
from samverkan.admin_lists import SwedishListMixin


def _person(request: HttpRequest) -> User:
    """Who is at work; the administrators' pages let nobody in who is not signed in."""
    return cast(User, request.user)


@admin.register(User)
class UserAdmin(SwedishListMixin, SimpleHistoryAdmin):  # type: ignore[misc]  # has no types
    """Nobody sets another's password here, and rights in agreements come from memberships alone."""

    list_display = ("email", "name", "title", "is_active", "is_staff", "last_seen_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "title", "is_active", "is_staff", "date_joined", "last_seen_at")
    readonly_fields = ("date_joined", "last_seen_at")
    actions = ("invite_again",)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return super().get_fields(request, obj) if obj else ("email", "name", "title")

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.pk = invite(obj.email, obj.name, title=obj.title, by=_person(request)).pk
            obj.refresh_from_db()

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: what somebody decided and wrote keeps its author. Close the account instead."""
        return False

    @admin.action(description=_("Send a new invitation"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        waiting = [user for user in queryset.filter(is_active=True) if not user.has_usable_password()]
        for user in waiting:
            invite(user.email, user.name, by=_person(request))
        messages.info(
            request,
            ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(waiting))
            % {"count": len(waiting)},
        )
