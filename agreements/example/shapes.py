"""What the example holds, in the words of the models. Everything is data; nothing here touches the database.

``key`` of a row is its stable name inside the example: the loader makes ids of it, so that the same section,
area or commitment keeps its identity from version to version. People are named by the local part of an example
account ("beredning-polis"). Parties, organisations, groups and areas are named by their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from agreements.example.text_shapes import Text


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """A name that an organisation bore until a day."""

    name: str
    until: date


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """``kind`` is an OrganisationKind; ``belongs_to`` the key of another organisation, or empty."""

    key: str
    name: str
    kind: str
    belongs_to: str = ""
    org_number: str = ""
    postal_street: str = ""
    postal_code: str = ""
    postal_city: str = ""
    registry_number_pattern: str = ""
    registrar_mailbox: str = ""
    former_names: tuple[FormerName, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who can sign in as ``local``@example.se; ``name`` is a function, never a person."""

    local: str
    name: str
    title: str
    organisation: str = ""
    is_administrator: bool = False


@dataclass(frozen=True, kw_only=True)
class Party:
    key: str
    organisation: str
    defined_term: str
    registry_number: str


@dataclass(frozen=True, kw_only=True)
class Participant:
    organisation: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A function wanted in a group; ``account`` or ``holder`` (a function without an account) fills it, or nobody."""

    key: str
    function: str
    party: str = ""
    has_mandate: bool = False
    priority: int | None = None
    account: str = ""
    holder: str = ""
    organisation: str = ""
    capacity: str = "ordinary"
    is_convener: bool = False
    since: date | None = None

    @property
    def is_vacant(self) -> bool:
        return not (self.account or self.holder)


@dataclass(frozen=True, kw_only=True)
class Group:
    """``kind`` is a GroupKind; ``areas`` the keys of the priority areas that a working group has."""

    key: str
    kind: str
    name: str
    task: str = ""
    areas: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    next_meeting_on: date | None = None
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoleHolder:
    """An account with a role (permissions.Role) outside the groups' seats, or a member without a seat."""

    account: str
    role: str
    party: str = ""
    capacity: str = "ordinary"


@dataclass(frozen=True, kw_only=True)
class Contact:
    function: str
    party: str = ""
    organisation: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    is_acting: bool = False
    is_spokesperson: bool = False
    is_contact_person: bool = False
    is_service: bool = False


@dataclass(frozen=True, kw_only=True)
class Signatory:
    party: str
    account: str
    title: str
    authority: str
    is_acting: bool = False
    is_deputy: bool = False


@dataclass(frozen=True, kw_only=True)
class HigherDecision:
    party: str
    body: str
    decided_on: date
    item_number: str
    registry_number: str


@dataclass(frozen=True, kw_only=True)
class Signing:
    """The signing, by hand, of the texts that signatures fix; ``version`` 1 of them unless said otherwise."""

    signed_on: date
    effective_from: date
    place: str
    signatories: tuple[Signatory, ...]
    higher_decisions: tuple[HigherDecision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Version:
    """A submitted text with its way. ``status`` is a ProposalStatus; the days that it has not met are None.

    ``consequences`` holds a sentence per party key. ``forwarded_by`` and ``assents`` are accounts. ``year`` is
    the offset that the text's years are counted from, ``file`` where the text lies. What was decided before the
    portal came ``is_registered_afterwards``.
    """

    number: int
    file: str
    status: str
    submitted_on: date
    submitted_by: str
    proposed_decision: str
    change_summary: str = ""
    consequences: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    forwarded_on: date | None = None
    forwarded_by: tuple[str, ...] = ()
    assents: tuple[str, ...] = ()
    decided_on: date | None = None
    effective_from: date | None = None
    method: str = ""
    item_number: str = ""
    attendance: str = ""
    is_registered_afterwards: bool = False
    returned_on: date | None = None
    returned_by: str = ""
    return_reason: str = ""
    text: Text = field(default_factory=Text)


@dataclass(frozen=True, kw_only=True)
class Annex:
    """``kind`` is an AnnexKind; ``versions`` in order, so that the last one is also the working text.

    The overarching agreement's annex has none: it follows the parent's text.
    """

    number: str
    kind: str
    title: str
    heading: str = ""
    subtitle: str = ""
    geographic_scope: str = ""
    area: str = ""
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Annexes whose last versions travel together."""

    title: str
    annexes: tuple[str, ...]
    answer_wanted_by: date
    is_bound_together: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    author: str
    text: str
    written_on: date


@dataclass(frozen=True, kw_only=True)
class Comment:
    """On a passage (``quote``, plain text that stands in the section) of a version, or on the whole section."""

    annex: str
    version: int
    section: str
    text: str
    author: str
    written_on: date
    quote: str = ""
    is_question: bool = False
    answers: tuple[Answer, ...] = ()
    resolved_on: date | None = None
    resolved_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """That the parties looked the agreement over after consultation and changed nothing (R11)."""

    reviewed_on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """``parent`` is the slug of the overarching agreement."""

    slug: str
    title: str
    level: str
    starts_on: date
    signing: Signing
    parent: str = ""
    original_copies: int = 2
    year: int = 0
    parties: tuple[Party, ...] = ()
    participants: tuple[Participant, ...] = ()
    groups: tuple[Group, ...] = ()
    role_holders: tuple[RoleHolder, ...] = ()
    contacts: tuple[Contact, ...] = ()
    annexes: tuple[Annex, ...] = ()
    matters: tuple[Matter, ...] = ()
    comments: tuple[Comment, ...] = ()
    reviews: tuple[Review, ...] = ()

    def annex(self, number: str) -> Annex:
        """The annex with that number; KeyError when there is none."""
        return {annex.number: annex for annex in self.annexes}[number]

    @property
    def first_version(self) -> Version:
        """The first that was submitted of all its texts."""
        return min((version for annex in self.annexes for version in annex.versions), key=lambda one: one.submitted_on)


@dataclass(frozen=True, kw_only=True)
class Example:
    """Everything; ``agreements`` with the overarching one first, so that they can be made in this order."""

    organisations: tuple[Organisation, ...]
    accounts: tuple[Account, ...]
    agreements: tuple[Agreement, ...] = ()

    def agreement(self, slug: str) -> Agreement:
        return {agreement.slug: agreement for agreement in self.agreements}[slug]
