"""The groups with the functions that the agreement wants in them (R17-R36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import GroupKind
from agreements.rights import today
from agreements.workflow.kinds.base import Found, RowsKind, item, item_list, text

if TYPE_CHECKING:
    from agreements.models import GoverningGroup, Seat, Section

ORDER = [GroupKind.STEERING, GroupKind.PREPARATORY, GroupKind.WORKING, GroupKind.CENTRAL_PREPARATORY]


class GroupsKind(RowsKind):
    """``Section.options["group_kind"]`` says which groups; without it, all of them with their functions below.

    One steering or preparatory group needs no name in its own section: its functions are the list.
    """

    key = "groups"
    name = gettext_lazy("groups and functions")
    related = ("annex__agreement__governing_groups__seats__party__organisation",)

    def freeze(self, section: Section) -> list[dict[str, Any]]:
        groups = groups_of(section)
        kind = section.options.get("group_kind")
        if kind and kind != GroupKind.WORKING and len(groups) == 1:
            return item_list(section, "seats", _seats(groups[0]))
        rows = [item(f"group-{group.pk}", text(_described(group)), _seats(group)) for group in groups]
        return item_list(section, "groups", rows)

    def check(self, section: Section) -> Found:
        return [
            (
                "group_without_functions",
                _("No functions have been chosen for %(group)s.") % {"group": group.name},
            )
            for group in groups_of(section)
            if not group.seats.all()
        ]

    def edit_url(self, section: Section) -> str | None:
        return reverse("agreements:group_detail", args=[section.annex.agreement.slug])


def groups_of(section: Section) -> list[GoverningGroup]:
    """The groups of the section that exist today, in the agreement's order: by kind from the top, then by name."""
    day = today()
    wanted = section.options.get("group_kind")
    groups = [
        group
        for group in section.annex.agreement.governing_groups.all()
        if group.exists_on(day)
        and (group.kind == wanted or (not wanted and group.kind != GroupKind.CENTRAL_PREPARATORY))
    ]
    return sorted(groups, key=lambda group: ORDER.index(GroupKind(group.kind)))  # by name they come already


def _described(group: GoverningGroup) -> str:
    until = _("until %(date)s") % {"date": date_format(group.ends_on, "DATE_FORMAT")} if group.ends_on else ""
    name = f"{group.name} ({until})" if until else group.name
    return f"{name}: {group.task}" if group.task else name


def _seats(group: GoverningGroup) -> list[dict[str, Any]]:
    return [item(f"seat-{seat.pk}", text(_function(seat))) for seat in group.seats.all()]


def _function(seat: Seat) -> str:
    """ "Chef från utbildningsförvaltningen, med mandat (prioritet 1)"."""
    # Translators: what a function's name already says is not said again.
    mandate = _("with a mandate")
    words = f"{seat.function}, {mandate}" if seat.has_mandate and mandate not in seat.function else seat.function
    if seat.priority is None:
        return words
    return _("%(function)s (priority %(number)s)") % {"function": words, "number": seat.priority}
