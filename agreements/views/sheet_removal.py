"""Taking a column or a field out of the sheet of an action plan, after a question that shows what is written there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.documents.text import plain
from agreements.forms.sheet import shown_html
from agreements.models import ActionPlanSheet, Section, SheetColumn, SheetField, SheetValue
from agreements.selectors.conflict import written_text
from agreements.views.draft_lookup import denied, editable_or_403, section_or_404
from agreements.views.section import posted_version
from agreements.workflow.sheet import remove_column, remove_field
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


@dataclass(frozen=True)
class Written:
    """What is written in one place of the sheet."""

    label: str
    html: SafeString
    facts: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_remove(request: AuthenticatedHttpRequest, slug: str, number: str, section_id: UUID) -> HttpResponse:
    """?kolumn=… or ?falt=… says what; who says neither is back at the sheet. When the sheet has been saved since it was
    shown, the question comes again."""
    annex = editable_or_403(request.user, slug, number)
    section = section_or_404(annex, section_id)
    sheet = get_object_or_404(ActionPlanSheet, section=section)
    if not {"kolumn", "falt"} & request.GET.keys():
        return redirect("agreements:sheet_edit", slug, number, section.pk)
    part = _part(request, sheet)
    is_stale = request.method == "POST" and posted_version(request) != sheet.version
    if request.method == "POST" and not is_stale:
        return _removed(request, section, part)
    context = {
        "annex": annex, "agreement": annex.agreement, "section": section, "sheet": sheet, "name": _name(part),
        "is_column": isinstance(part, SheetColumn), "written": _written(section, part), "is_stale": is_stale,
    }  # fmt: skip
    return render(request, "agreements/sheet/remove.html", context, status=409 if is_stale else 200)


def _part(request: AuthenticatedHttpRequest, sheet: ActionPlanSheet) -> SheetColumn | SheetField:
    try:
        if "kolumn" in request.GET:
            return get_object_or_404(sheet.columns, pk=UUID(request.GET["kolumn"]))
        return get_object_or_404(sheet.fields, pk=UUID(request.GET.get("falt", "")))
    except ValueError:
        raise Http404 from None


def _name(part: SheetColumn | SheetField) -> str:
    return plain(part.label) if isinstance(part, SheetField) else plain(part.heading) or str(part.position)


def _removed(request: AuthenticatedHttpRequest, section: Section, part: SheetColumn | SheetField) -> HttpResponse:
    try:
        if isinstance(part, SheetColumn):
            remove_column(section, part.pk, by=request.user)
        else:
            remove_field(section, part.pk, by=request.user)
    except TransitionRefused as refusal:
        if refusal.verdict.code != "last_column":
            raise denied(refusal) from refusal
        messages.error(request, str(refusal.verdict.reason))
    else:
        messages.success(request, _("%(part)s has been taken out of the sheet.") % {"part": _name(part)})
    return redirect("agreements:sheet_edit", section.annex.agreement.slug, section.annex.number, section.pk)


def _written(section: Section, part: SheetColumn | SheetField) -> list[Written]:
    """What is said of a column itself, and every place with something in it, under the name of its field, or of its
    column for a field."""
    values = SheetValue.objects.select_related("field", "column").prefetch_related("commitments")
    if isinstance(part, SheetColumn):
        rows = values.filter(column=part).order_by("field__position")
    else:
        rows = values.filter(field=part).order_by("column__position")
    shown = [
        Written(
            _name(value.field if isinstance(part, SheetColumn) or value.column is None else value.column),
            written_text(section.annex, shown_html(value), f"bort-{value.pk}-"),
            _facts(value),
        )
        for value in rows
    ]
    about = [Written(_("About the column"), SafeString(), _about(part))] if isinstance(part, SheetColumn) else []
    return [one for one in [*about, *shown] if one.html.strip() or one.facts]


def _about(column: SheetColumn) -> str:
    ends = [(_("Ends on"), column.ends_on), (_("or ends when"), column.end_condition)]
    return _joined([("", column.working_group), *ends])


def _facts(value: SheetValue) -> str:
    is_open = _("To be decided later") if value.is_to_be_decided else ""
    return _joined([("", is_open), (_("Who settles it"), value.owner), (pgettext("a last day", "By"), value.due_on)])


def _joined(facts: Iterable[tuple[str, object]]) -> str:
    return ", ".join(f"{label}: {fact}" if label else str(fact) for label, fact in facts if fact)
