"""Who would be told, asked before it happens: by the announcements themselves, of rows that are not saved."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Annex, Proposal, Revision
from agreements.telling import Told
from agreements.workflow.revision import first_status
from communication.notices.revision import Submitted
from samverkan.accounts.models import User


class Ahead:
    """The answers to what ``agreements.telling`` asks."""

    def of_submission(self, annexes: Sequence[Annex], *, by: User) -> list[Told]:
        """Everyone once, in the order in which the first annex is told."""
        found: list[Told] = []
        known: set[int] = set()
        for annex in annexes:
            proposal = Proposal(
                annex=annex, revision=Revision(annex=annex), status=first_status(annex.agreement), submitted_by=by
            )
            for recipient in Submitted(proposal, by=by).recipients(known):
                known |= {recipient.user.pk} if recipient.user is not None else set()
                found.append(Told(recipient.name, recipient.reason))
        return found
