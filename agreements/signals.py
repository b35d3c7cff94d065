"""What agreements tells the rest of the portal. Sent inside the transaction: receivers only write rows
(notices) and defer jobs, so that all of it commits or none. Senders are the classes named below.
"""

from django.dispatch import Signal

proposal_submitted = Signal()
"""Sender Proposal. Provides args: proposal, by."""

proposal_moved = Signal()
"""Sender Proposal. Provides args: proposal, move, by (forwarded, referred back, postponed, rejected, withdrawn …)."""

decision_taken = Signal()
"""Sender Decision. Provides args: decision, by."""

decision_corrected = Signal()
"""Sender Correction. Provides args: correction, by."""

annex_reviewed = Signal()
"""Sender Review. Provides args: review, by (looked over, and stands without change)."""

terms_changed = Signal()
"""Sender Agreement. Provides args: agreement, by, party (the one that has joined, else None: how texts are prepared and
fixed has been changed)."""

ending_entered = Signal()
"""Sender Ending. Provides args: ending, by."""

ending_answered = Signal()
"""Sender Ending. Provides args: ending, by (in effect, disputed or withdrawn: see its status)."""

draft_shared = Signal()
"""Sender DraftSharing. Provides args: sharing, by."""

comment_written = Signal()
"""Sender Comment. Provides args: comment, by."""

manifest_opened = Signal()
"""Sender Manifest. Provides args: manifest, by."""

signing_disputed = Signal()
"""Sender SigningAnswer. Provides args: answer, by (the signing was registered afterwards and has ended)."""

membership_changed = Signal()
"""Sender Membership. Provides args: membership, by."""

past_written = Signal()
"""Sender Agreement. Provides args: agreement (all its rows were written at once, with days in the past)."""

removal_requested = Signal()
"""Sender Removal. Provides args: removal, by."""

removal_answered = Signal()
"""Sender Removal. Provides args: removal, by (confirmed, rejected or withdrawn: see its status)."""
