"""Moves of a whole matter: its parts forwarded, entered from a meeting or confirmed in one go. The same moves as
those of one proposal (views.proposal), for all parts whose turn is the reader's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agreements.forms.matter import EntriesRead, MatterEntryForm
from agreements.forms.proposal import OptionalReasonForm
from agreements.models import Matter, Proposal
from agreements.policies import proposal as policy
from agreements.selectors.matter import parts_of
from agreements.views.lookup import matter_or_404
from agreements.workflow import matter as moves
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, Verdict

TOGETHER = 2
"""From how many parts on they are moved in one go."""


@dataclass(frozen=True)
class Step:
    """One move of several parts as a page of its own. ``not_mine`` is the code of the verdict on those whose move it
    never is; ``act`` gets the parts, the person and the form."""

    label: str | Promise
    question: str | Promise
    button: str | Promise
    done: str | Promise
    may: Callable[[User, Proposal], Verdict]
    not_mine: str
    form: Callable[[AuthenticatedHttpRequest, Sequence[Proposal]], forms.Form]
    act: Callable[[Sequence[Proposal], User, Any], object]


def _sent(request: AuthenticatedHttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _forward(parts: Sequence[Proposal], by: User, form: OptionalReasonForm) -> object:
    return moves.forward_all(parts, by=by, **form.cleaned_data)


def _enter(parts: Sequence[Proposal], by: User, form: MatterEntryForm) -> object:
    return moves.enter_all(parts, form.resolutions(), by=by, **form.common())


STEPS: dict[str, Step] = {
    "skicka-vidare": Step(
        gettext_lazy("Forward %(number)s parts to the steering group"),
        gettext_lazy("Is all of this ready for the steering group?"),
        gettext_lazy("Forward all of it"),
        gettext_lazy("Forwarded for your party: %(number)s parts."),
        policy.may_forward,
        "not_preparatory",
        lambda request, _parts: OptionalReasonForm(*_sent(request)),
        _forward,
    ),
    "for-in-beslut": Step(
        gettext_lazy("Enter a meeting's decision about %(number)s parts"),
        gettext_lazy("What did the meeting decide about all of this?"),
        gettext_lazy("Enter the decision about all of it"),
        gettext_lazy("Entered: %(number)s parts. They are decided when every other party has confirmed them."),
        policy.may_enter_decision,
        "not_coordinator",
        lambda request, parts: MatterEntryForm(*_sent(request), parts=parts),
        _enter,
    ),
    "bekrafta": Step(
        gettext_lazy("Confirm the entered decisions about %(number)s parts"),
        gettext_lazy("Are all of the entered decisions right?"),
        gettext_lazy("Confirm all of it"),
        gettext_lazy("Confirmed: %(number)s parts."),
        policy.may_confirm,
        "not_party",
        lambda request, parts: EntriesRead(*_sent(request), parts=parts),
        lambda parts, by, form: moves.confirm_all(parts, by=by, entries=form.entries()),
    ),
}
"""By the word in the address, which is that of the same move of one proposal."""


def steps_of(matter: Matter, choices: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    """(address, label) of each move that waits for at least two parts. ``choices`` are the words of the moves that
    are the reader's, for each part."""
    words = [word for of_part in choices for word in of_part]
    return [
        (reverse("agreements:matter_step", args=[matter.pk, word]), str(step.label) % {"number": words.count(word)})
        for word, step in STEPS.items()
        if words.count(word) >= TOGETHER
    ]


@require_http_methods(["GET", "POST"])
def matter_step(request: AuthenticatedHttpRequest, pk: int, word: str) -> HttpResponse:
    """The last step before several parts move: what is proposed or entered for each, and a form.

    A POST moves just the parts that the page showed, or none and says which one hinders; when none of them waits any
    more (a double click), it says so. Nothing moves on GET.
    """
    matter, step = matter_or_404(request.user, pk), STEPS[word]
    everything = [(part, step.may(request.user, part)) for part in parts_of(matter)]
    if all(verdict.code == step.not_mine for _part, verdict in everything):
        raise PermissionDenied(str(everything[0][1].reason) if everything else None)
    parts = _shown(request, everything)
    if request.method == "POST" and not any(verdict for part, verdict in everything if part in parts):
        return moved_on(request, matter)
    if len(parts) < TOGETHER:
        raise PermissionDenied(_("Fewer than two parts of the matter wait for this step of yours."))
    form = step.form(request, parts)
    is_sent = request.method == "POST"
    if is_sent and form.is_valid() and (answer := _carry_out(request, step, matter, parts, form)):
        return answer
    context = {
        "matter": matter, "agreement": matter.agreement, "step": step, "word": word, "form": form,
        "parts": [(part, policy.open_entry(part)) for part in parts],
    }  # fmt: skip
    return render(request, "agreements/matter/step.html", context, status=422 if is_sent else 200)


def _carry_out(
    request: AuthenticatedHttpRequest, step: Step, matter: Matter, parts: Sequence[Proposal], form: forms.Form
) -> HttpResponse | None:
    """Move the parts, and go on; None, with the reason on the form, when one of them hinders."""
    try:
        step.act(parts, request.user, form)
    except TransitionRefused as refusal:
        if not any(step.may(request.user, part) for part in parts_of(matter) if part in parts):
            return moved_on(request, matter)  # the other of two simultaneous clicks
        form.add_error(None, str(refusal.verdict.reason))
        return None
    messages.success(request, str(step.done) % {"number": len(parts)})
    return redirect(matter)


def _shown(request: AuthenticatedHttpRequest, everything: Sequence[tuple[Proposal, Verdict]]) -> list[Proposal]:
    """Those that the page sent back as shown, else those whose turn it is."""
    if request.method == "POST" and (shown := request.POST.getlist("del")):
        return [part for part, _verdict in everything if str(part.pk) in shown]
    return [part for part, verdict in everything if verdict]


def moved_on(request: AuthenticatedHttpRequest, matter: Matter) -> HttpResponse:
    """Say that the parts have been moved already, and go to the matter."""
    messages.info(request, _("These parts have moved on already. They do not wait for you any more."))
    return redirect(matter)
