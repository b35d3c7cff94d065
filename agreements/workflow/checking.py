"""Answering the checker's warnings: one answer for the whole annex."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.documents.checker import Severity
from agreements.models import Annex
from agreements.policies.annex import may_edit
from agreements.selectors.findings import findings, key_of
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused


@transaction.atomic
def answer_warnings(annex: Annex, *, answer: str, by: User) -> list[str]:
    """Say that all warnings of now have been looked at, with a word about them; return their keys.

    Replaces an earlier answer. A warning that comes up later is not covered. Raises TransitionRefused.
    """
    annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
    if not (verdict := may_edit(by, annex)):
        raise TransitionRefused(verdict)
    keys = [key_of(finding) for finding in findings(annex) if finding.severity == Severity.WARNING]
    annex.checked_warnings = [{"keys": keys, "answer": answer.strip(), "by": by.pk, "at": timezone.now().isoformat()}]
    remember_why(annex, _("Warnings answered"), by=by)
    annex.save()
    return keys
