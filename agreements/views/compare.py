"""What changed between two texts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.policies.annex import may_read_draft
from agreements.selectors.annexes import versions_of
from agreements.selectors.removals import tombstones
from agreements.views.lookup import annex_or_404
from agreements.views.redline import DRAFT, chosen_pair, redline_context
from samverkan.accounts.http import AuthenticatedHttpRequest

VIEWS = ("marked", "before", "after")


@require_safe
def annex_compare(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """What changed between two versions, or a version and the working text?"""
    annex = annex_or_404(request.user, slug, number)
    pair = chosen_pair(request, annex)
    shown = request.GET.get("visa", VIEWS[0])
    context = {
        "annex": annex,
        "agreement": annex.agreement,
        "pair": pair,
        "versions": versions_of(request.user, annex),
        "may_read_draft": may_read_draft(request.user, annex),
        "draft": DRAFT,
        "tombstones": tombstones([pair.old.revision if pair.old else None, pair.new.revision]),
        "view": shown if shown in VIEWS else VIEWS[0],
        **redline_context(annex, pair.old.document if pair.old else None, pair.new.document),
    }
    return render(request, "agreements/redline/compare.html", context)
