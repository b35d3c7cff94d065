"""Who must act for a party."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.permissions import ALWAYS_FOR_A_PARTY, Capacity, Role
from samverkan.verdict import ALLOWED, Verdict, refused


def may_act_for_none(role: str, capacity: str, *, is_from_elsewhere: bool) -> Verdict:
    """Whether somebody can have ``role`` without acting for a party.

    * Coordinators, signatories and registrars act for a party: they write, sign and keep records for it.
    * A decision-maker decides for a party.
    * Who prepares does it for a party, unless co-opted or from an organisation that is none (R28, R30).
    """
    if role in ALWAYS_FOR_A_PARTY:
        reason = _("Coordinators, signatories and registrars act for a party: choose which.")
        return refused("party_missing", reason)
    if capacity == Capacity.DECISION_MAKER:
        return refused("party_missing", _("A decision-maker decides for a party: choose which."))
    if role == Role.PREPARATORY and capacity != Capacity.CO_OPTED and not is_from_elsewhere:
        return refused("party_missing", _("Choose for which party, or from which organisation that is no party."))
    return ALLOWED
