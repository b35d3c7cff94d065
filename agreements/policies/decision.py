"""From when a version may apply, who may record that an annex was looked over, and who sees what follows."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, Task
from agreements.permissions import Perm
from agreements.policies.agreement import visible_agreements
from agreements.policies.annex import visible_annexes
from agreements.rights import Person, has
from agreements.states import AnnexKind, FixedBy
from samverkan.verdict import ALLOWED, Verdict, refused


def visible_tasks(user: Person) -> QuerySet[Task]:
    """What decisions have made necessary, where ``user`` sees the agreement and may know of the annex: not about
    another party's own draft, nor about an agreement below that is not the user's."""
    return Task.objects.filter(
        Q(annex=None, agreement__in=visible_agreements(user)) | Q(annex__in=visible_annexes(user).values("pk"))
    )


def may_apply_from(annex: Annex, day: date) -> Verdict:
    """One decided version per annex and day, which the database refuses too; and none from a day when the annex has
    ended already: it would never be in force."""
    last = annex.last_day
    if last is not None and last < day:
        return refused(
            "ended_before",
            _("%(annex)s applies up to and including %(day)s. Choose an earlier day, or change first when it ends.")
            % {"annex": annex, "day": date_format(last, "j F Y")},
        )
    if annex.decisions.filter(effective_from=day).exists():
        return refused(
            "day_taken",
            _("Another version of %(annex)s already applies from %(day)s. Choose another day.")
            % {"annex": annex, "day": date_format(day, "j F Y")},
        )
    return ALLOWED


def following_kinds(agreement: Agreement) -> list[AnnexKind]:
    """The kinds of texts that follow the overarching agreement's in ``agreement``; none where it rests on none."""
    return [kind for kind in AnnexKind if agreement.parent_id and agreement.fixed_by(kind) == FixedBy.PARENT]


def decided_kinds(agreement: Agreement) -> list[AnnexKind]:
    """The kinds of texts that a decision of the steering group fixes in ``agreement``, without signatures."""
    return [kind for kind in AnnexKind if agreement.fixed_by(kind) != FixedBy.SIGNATURES]


def may_register_decided(annex: Annex) -> Verdict:
    """Only what a decision fixes is registered as decided: a text that signatures fix would wait for them."""
    if annex.fixed_by == FixedBy.SIGNATURES:
        return refused(
            "fixed_by_signatures",
            _("%(annex)s is fixed by signatures. Register the signing instead.") % {"annex": annex},
        )
    return ALLOWED


def may_register(annex: Annex) -> Verdict:
    """Not a text that follows the overarching agreement's: its own would take that one's place (R3)."""
    if annex.follows_parent:
        return refused("follows_parent", _("This annex follows the overarching agreement's text."))
    return ALLOWED


def may_record_review(user: Person, annex: Annex) -> Verdict:
    """Coordinators and the members of the steering group record a review without change (R41, R51)."""
    if not (has(user, Perm.ENTER_DECISION, annex) or has(user, Perm.DECIDE, annex)):
        return refused("not_allowed", _("Only coordinators and the steering group can record this."))
    if not annex.decisions.exists():
        return refused("not_decided", _("No version of this annex has been decided."))
    return ALLOWED
