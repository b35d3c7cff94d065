"""The same cast everywhere, and things driven to a late state through the workflow itself.

**Anna** decides for the municipality in the steering group and **Pia** for the police; **Bo** drafts in a
working group; **Cia** decides under *another* agreement (the near miss); **Nils** has no group.
"""

from tests.factories.agreements import World, make_agreement, make_organisation, make_user, make_world
from tests.factories.clients import as_
from tests.factories.proposals import (
    answered,
    decide,
    decided_before,
    drive,
    end,
    end_agreement,
    entered_ending,
    entered_last_day,
    proposal_at,
    submit,
)
from tests.factories.sheets import make_sheet

__all__ = [
    "World",
    "answered",
    "as_",
    "decide",
    "decided_before",
    "drive",
    "end",
    "end_agreement",
    "entered_ending",
    "entered_last_day",
    "make_agreement",
    "make_organisation",
    "make_sheet",
    "make_user",
    "make_world",
    "proposal_at",
    "submit",
]
