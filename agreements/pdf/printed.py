"""What is printed, ready to print: plain values that selectors fill, without models and without the clock.

Texts are already in the document's language ("Fastställd 2026-03-04, version 3"); dates are days in
Europe/Stockholm; hashes are hexadecimal SHA-256. Documents are frozen ones (``agreements.documents.blocks``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PrintedParty:
    """A party as the text names it: ``defined_term`` is its "Kommunen", ``address`` its postal address."""

    name: str
    registry_number: str = ""
    defined_term: str = ""
    org_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page says of where it belongs: the agreement, its parties and their registry numbers (R16)."""

    agreement: str
    parties: tuple[PrintedParty, ...]

    @property
    def registry_lines(self) -> str:
        """ "Norrviks kommun: KS 2026/1", a line for each party; one without a number has its name."""
        return "\n".join(f"{p.name}: {p.registry_number}" if p.registry_number else p.name for p in self.parties)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A PDF or scan that lies beside the text and is never merged in; ``pages`` is None when unknown."""

    name: str
    sha256: str
    dated: date | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedContact:
    """How a function is reached; ``phones`` are (label, grouped number), the label may be empty."""

    function: str
    name: str = ""
    organisation: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class PartyContacts:
    """One party's contacts, or the services that belong to none."""

    name: str
    contacts: tuple[PrintedContact, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """How to reach whom on a day: follows annex 4 and is no part of any decision (R142). ``known_on``: for a day to
    come, the day on which this was known of it."""

    imprint: Imprint
    as_of: date
    parties: tuple[PartyContacts, ...]
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class PrintedRemoval:
    """That content was removed from a text: the tombstone as it is printed beside the text."""

    removed_on: date
    law: str
    reason: str
    requested_by: str
    confirmed_by: str
    old_sha256: str
    redacted_sha256: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    """An annex, or with number "0" the agreement's own text.

    ``label`` is "Bilaga 1" and empty for the agreement text. ``dated`` is the day of the decision, or of the
    freeze while there is none, and becomes the day of the file. ``document`` may be without blocks when the
    attachments are the whole annex. ``is_for_signature``: frozen, and only the signatures are missing; then it is no
    draft, nor fixed yet.
    """

    imprint: Imprint
    label: str
    number: str
    title: str
    document: Mapping[str, Any]
    status: str
    short_hash: str
    is_draft: bool
    dated: date
    subtitle: str = ""
    attachments: tuple[AttachedFile, ...] = ()
    contact_sheet: ContactSheet | None = None
    removals: tuple[PrintedRemoval, ...] = ()
    is_for_signature: bool = False

    @property
    def is_fixed(self) -> bool:
        return not self.is_draft and not self.is_for_signature

    @property
    def status_and_hash(self) -> str:
        """ "Fastställd 2026-03-04, version 3 · 0f3a5b…", as at the foot of every page."""
        return f"{self.status} · {self.short_hash}" if self.short_hash else self.status


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """A signature for a party; without ``place_and_date`` it is a line to sign on with ink.

    ``note`` says what the reader must know: registered afterwards, the scan kept beside.
    """

    party: str
    name: str = ""
    title: str = ""
    organisation: str = ""
    place_and_date: str = ""
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignedText:
    """A line of the manifest: which text, in which version, by its full hash."""

    label: str
    title: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PrintedAgreement:
    """The whole agreement as it stood on ``as_of``: cover, contents, text, signatures and annexes. ``known_on``: for a
    day to come, the day up to which decisions are in it; others can be taken until then, so it is not fixed."""

    title: str
    imprint: Imprint
    period: str
    status: str
    as_of: date
    text: PrintedAnnex
    annexes: tuple[PrintedAnnex, ...]
    subtitle: str = ""
    signatures: tuple[PrintedSignature, ...] = ()
    manifest: tuple[SignedText, ...] = ()
    known_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.text.is_draft or any(annex.is_draft for annex in self.annexes)

    @property
    def is_for_signature(self) -> bool:
        """Whether nothing but signatures is missing."""
        return not self.is_draft and any(text.is_for_signature for text in (self.text, *self.annexes))

    @property
    def is_fixed(self) -> bool:
        return self.known_on is None and self.text.is_fixed and all(annex.is_fixed for annex in self.annexes)


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """One text decided on, by its full hash; ``paragraph`` where it has another than those decided with it."""

    label: str
    title: str
    version: str
    sha256: str
    effective_from: date
    resolution: str
    number: str = ""
    removals: tuple[PrintedRemoval, ...] = ()
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class PrintedAssent:
    """A yes for a party, with name and title as they were then (R167)."""

    name: str
    title: str
    party: str
    given_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """Support or dissent of a member without a party's voice; ``stance`` is the word printed."""

    name: str
    title: str
    stance: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """A visible entry that corrects the record, which itself stays as it was."""

    text: str
    by: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedDecision:
    """The record of what a group decided about one text, or about several in the same way (R44).

    ``ways``: where the texts of a matter were not all decided alike, a line for each way in which they were; this one
    is number ``way``, from 1.
    """

    imprint: Imprint
    title: str
    group: str
    method: str
    decided_on: date
    items: tuple[DecidedItem, ...]
    paragraph: str = ""
    attendance: str = ""
    assents: tuple[PrintedAssent, ...] = ()
    statements: tuple[PrintedStatement, ...] = ()
    corrections: tuple[PrintedCorrection, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()
    note: str = ""
    signatures: tuple[PrintedSignature, ...] = ()
    way: int = 0
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedRecord:
    """A decision record as one file: a part for each way in which its texts were decided, nearly always one."""

    parts: tuple[PrintedDecision, ...]


HALF_A_PAGE = 900  # letters in a cell of the list of changes


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """One line of the list of changes, in plain text."""

    section: str
    was: str = ""
    became: str = ""
    place: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it may be parted between two pages: kept whole it would leave much of one empty."""
        return max(len(self.was), len(self.became)) > HALF_A_PAGE


@dataclass(frozen=True, slots=True)
class PrintedRedline:
    """Two versions of a text as one, with what was added and taken away; ``html`` is the redline's own.

    ``name`` is what the file says that it is: "Jämförelse version 3 – 4: Bilaga 1 …".
    """

    imprint: Imprint
    label: str
    title: str
    old: str
    new: str
    html: str
    dated: date
    summary: str = ""
    changes: tuple[PrintedChange, ...] = field(default=())
    removals: tuple[PrintedRemoval, ...] = ()
    language: str = "sv"
    name: str = ""


@dataclass(frozen=True, slots=True)
class PrintedMeaning:
    """One thing that a yes means: whom or what it is about, and how it was before where that has changed."""

    about: str
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """What is asked about one text of a matter, what a yes means for each party and for all, and the redline."""

    asked: str
    applies: str
    status: str
    parties: tuple[tuple[str, tuple[PrintedMeaning, ...]], ...]
    common: tuple[PrintedMeaning, ...]
    redline: PrintedRedline

    @property
    def title(self) -> str:
        return f"{self.redline.label} {self.redline.title}".strip()


@dataclass(frozen=True, slots=True)
class PrintedMatter:
    """All that a meeting has before it: what is asked and what it means first, then what would change.

    ``answer_by``: the days by which an answer is wanted, with the parts each holds for; "" when it holds for all.
    """

    imprint: Imprint
    title: str
    dated: date
    parts: tuple[PrintedPart, ...]
    together: str = ""
    answer_by: tuple[tuple[date, str], ...] = ()
    meeting_on: date | None = None
    language: str = "sv"
