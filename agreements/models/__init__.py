"""Tables of agreements, one noun per file."""

from agreements.models.action_plan import ActionPlanSheet, Commitment, SheetColumn, SheetField, SheetValue
from agreements.models.agreement import Agreement, AgreementGroupObjectPermission
from agreements.models.annex import Annex, AnnexGroupObjectPermission, DraftSharing
from agreements.models.comment import Comment
from agreements.models.contact import Contact
from agreements.models.decision import Correction, Decision
from agreements.models.definition import Definition
from agreements.models.ending import Ending, EndingConfirmation
from agreements.models.file import AnnexFile, Printout, StoredFile
from agreements.models.group import GoverningGroup, GroupKind, Membership, RoleGroup, Seat
from agreements.models.matter import Matter
from agreements.models.organisation import Affiliation, Organisation, OrganisationKind, OrganisationName
from agreements.models.party import Participant, Party
from agreements.models.priority_area import PriorityArea
from agreements.models.proposal import Assent, Consequence, MeetingEntry, Move, Opinion, Proposal
from agreements.models.removal import Removal, RemovedText
from agreements.models.review import Review
from agreements.models.revision import Revision
from agreements.models.section import LastSave, Presence, SavedAside, Section
from agreements.models.signing import (
    HigherDecision,
    Manifest,
    ManifestEntry,
    OriginalCopy,
    Signatory,
    Signature,
    SigningAnswer,
)
from agreements.models.source import Source
from agreements.models.task import Task

__all__ = [
    "ActionPlanSheet",
    "Affiliation",
    "Agreement",
    "AgreementGroupObjectPermission",
    "Annex",
    "AnnexFile",
    "AnnexGroupObjectPermission",
    "Assent",
    "Comment",
    "Commitment",
    "Consequence",
    "Contact",
    "Correction",
    "Decision",
    "Definition",
    "DraftSharing",
    "Ending",
    "EndingConfirmation",
    "GoverningGroup",
    "GroupKind",
    "HigherDecision",
    "LastSave",
    "Manifest",
    "ManifestEntry",
    "Matter",
    "MeetingEntry",
    "Membership",
    "Move",
    "Opinion",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "OriginalCopy",
    "Participant",
    "Party",
    "Presence",
    "Printout",
    "PriorityArea",
    "Proposal",
    "Removal",
    "RemovedText",
    "Review",
    "Revision",
    "RoleGroup",
    "SavedAside",
    "Seat",
    "Section",
    "SheetColumn",
    "SheetField",
    "SheetValue",
    "Signatory",
    "Signature",
    "SigningAnswer",
    "Source",
    "StoredFile",
    "Task",
]
