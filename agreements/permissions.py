"""The names of all rights, the few roles, and which role has which right (design.md, "Who may do what")."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Perm(StrEnum):
    """A right on one agreement (or, for ``*_ANNEX``, on one annex), with its full codename."""

    READ_IN_FORCE = "agreements.read_in_force"
    READ_PROPOSED = "agreements.read_proposed"
    READ_DRAFTS = "agreements.read_drafts"
    READ_RECORDS = "agreements.read_records"
    EDIT_TEXTS = "agreements.edit_texts"
    SUBMIT = "agreements.submit"
    MANAGE_GROUPS = "agreements.manage_groups"
    ENTER_DECISION = "agreements.enter_decision"
    COMMENT = "agreements.comment"
    PREPARE = "agreements.prepare"
    DECIDE = "agreements.decide"
    SIGN = "agreements.sign"
    EDIT_ANNEX = "agreements.edit_annex"

    @property
    def codename(self) -> str:
        return self.value.partition(".")[2]


PERM_NAMES: dict[Perm, StrPromise] = {
    Perm.READ_IN_FORCE: _("Can read what is in force"),
    Perm.READ_PROPOSED: _("Can read what is on its way"),
    Perm.READ_DRAFTS: _("Can read shared drafts"),
    Perm.READ_RECORDS: _("Can see all official records of the own authority"),
    Perm.EDIT_TEXTS: _("Can edit the working texts"),
    Perm.SUBMIT: _("Can submit and withdraw"),
    Perm.MANAGE_GROUPS: _("Can manage groups and contacts"),
    Perm.ENTER_DECISION: _("Can enter decisions taken at a meeting"),
    Perm.COMMENT: _("Can comment"),
    Perm.PREPARE: _("Can forward or refer back"),
    Perm.DECIDE: _("Can decide for a party"),
    Perm.SIGN: _("Can sign for a party"),
    Perm.EDIT_ANNEX: _("Can edit this annex"),
}
"""What each is called where rights are listed."""

AGREEMENT_PERMS = tuple(p for p in Perm if p is not Perm.EDIT_ANNEX)


class Role(TextChoices):
    """What a person is in an agreement; which rights come with it stands below."""

    COORDINATOR = "coordinator", _("coordinator")
    WORKING_GROUP = "working_group", _("working group member")
    COMMUNICATOR = "communicator", _("communicator")
    PREPARATORY = "preparatory", _("preparatory group member")
    STEERING = "steering", _("steering group member")
    SIGNATORY = "signatory", _("signatory")
    REGISTRAR = "registrar", _("registrar")
    READER = "reader", _("reader")
    CENTRAL = "central", _("member of the central preparatory group")


OUTSIDE_THE_GROUPS = (Role.COORDINATOR, Role.COMMUNICATOR, Role.SIGNATORY, Role.REGISTRAR, Role.READER)
"""The roles that come with no seat in a group, in the order in which they are shown."""


class Capacity(TextChoices):
    """As what a person sits in a group (R22, R30, R34)."""

    ORDINARY = "ordinary", _("ordinary member")
    DECISION_MAKER = "decision_maker", _("decision-maker")
    SUBSTITUTE = "substitute", _("substitute")
    CO_OPTED = "co_opted", _("co-opted")


_READ = frozenset({Perm.READ_IN_FORCE})
_TAKE_PART = _READ | {Perm.READ_PROPOSED, Perm.COMMENT}

ROLE_PERMS: dict[Role, frozenset[Perm]] = {
    Role.COORDINATOR: _TAKE_PART
    | {Perm.READ_DRAFTS, Perm.EDIT_TEXTS, Perm.SUBMIT, Perm.MANAGE_GROUPS, Perm.ENTER_DECISION},
    Role.WORKING_GROUP: _TAKE_PART,
    Role.COMMUNICATOR: _TAKE_PART,
    Role.PREPARATORY: _TAKE_PART | {Perm.READ_DRAFTS, Perm.PREPARE},
    Role.STEERING: _TAKE_PART | {Perm.DECIDE},
    Role.SIGNATORY: _READ | {Perm.READ_PROPOSED, Perm.SIGN},
    Role.REGISTRAR: _READ | {Perm.READ_PROPOSED, Perm.READ_RECORDS},
    Role.READER: _READ,
    Role.CENTRAL: _READ,
}
"""Rights on the agreement. Working groups and communicators get EDIT_ANNEX on their own annexes beside."""

ALWAYS_FOR_A_PARTY = frozenset({Role.COORDINATOR, Role.SIGNATORY, Role.REGISTRAR})
"""Who has such a role has it for a party (the database keeps it so)."""
