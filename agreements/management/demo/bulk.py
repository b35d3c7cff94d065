"""Many agreements of one shape, for measuring: ten annexes each, and as many decided versions as asked for.

Versions are written in bulk and without history rows; the database judges them as it judges everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from agreements.documents.blocks import Block, section_blocks
from agreements.documents.canonical import canonical_json, content_hash, split_ids
from agreements.management.demo.identity import row_id
from agreements.management.demo.moment import moment
from agreements.models import (
    Agreement,
    Annex,
    Assent,
    Decision,
    Move,
    Organisation,
    OrganisationKind,
    Proposal,
    Revision,
    Section,
)
from agreements.permissions import Capacity, Role
from agreements.rights import forget
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.annex import write_annex
from agreements.workflow.group import role_group
from agreements.workflow.membership import write_membership
from samverkan.accounts.models import User

SHAPE = (
    (AnnexKind.AGREEMENT_TEXT, "0", "Överenskommelsen"),
    (AnnexKind.SITUATIONAL_PICTURE, "1", "Gemensam lokal lägesbild"),
    (AnnexKind.COOPERATION_STRUCTURE, "2", "Samverkansstruktur"),
    (AnnexKind.ACTION_PLAN, "3a", "Åtgärdsplan: Unga"),
    (AnnexKind.ACTION_PLAN, "3b", "Åtgärdsplan: Platser"),
    (AnnexKind.ACTION_PLAN, "3c", "Åtgärdsplan: Våld"),
    (AnnexKind.ACTION_PLAN, "3d", "Åtgärdsplan: Äldre"),
    (AnnexKind.COMMUNICATION_PLAN, "4", "Kommunikationsplan"),
    (AnnexKind.OTHER, "6", "Uppföljningsplan"),
    (AnnexKind.OTHER, "7", "Kontaktvägar"),
)
NUMBERS = [number for _kind, number, _title in SHAPE]
BATCH = 40  # agreements in one transaction


def load_many(agreements: int, revisions: int, today: date) -> None:
    """Make so many agreements beside what is there, ``revisions`` decided versions of each annex, a month apart;
    the example's coordinator and decision-maker of the municipality belong to all of them."""
    people = {
        "coordinator": User.objects.get(email="samordnare-kommun@example.se"),
        "decider": User.objects.get(email="styrgrupp-kommun@example.se"),
        "other": User.objects.get(email="styrgrupp-polis@example.se"),
    }
    first = today - timedelta(days=30 * (revisions + 1))
    have = Agreement.objects.filter(slug__startswith="matning-").count()
    for start in range(have + 1, have + agreements + 1, BATCH):
        numbers = range(start, min(start + BATCH, have + agreements + 1))
        with transaction.atomic():
            annexes = [annex for number in numbers for annex in _make(number, first, people)]
            _write_sections(annexes)
            for version in range(1, revisions + 1):
                _write_version(annexes, version, first, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # now, not when the server comes round to it: the first pages are opened at once
    for user in people.values():
        forget(user)


def _make(number: int, first: date, people: dict[str, User]) -> list[Annex]:
    """One agreement as administrators make it, with its people; its annexes without text."""
    parties = [
        PartyFacts(Organisation.objects.create(name=name, kind=kind), term, registry)
        for name, kind, term, registry in (
            (f"Mätkommun {number}", OrganisationKind.MUNICIPALITY, "Kommunen", f"KS 2020/{number}"),
            (f"Lokalpolisområde Mätning {number}", OrganisationKind.LOCAL_POLICE_AREA, "Polisen", "A400.001/2020"),
        )
    ]
    agreement = create_agreement(
        slug=f"matning-{number}", title=f"Samverkansöverenskommelse för mätning {number}", parties=parties,
        starts_on=first, fixing_rules={kind.value: "decision" for kind, _number, _title in SHAPE},
    )  # fmt: skip
    prefetch_related_objects([agreement], "parties")  # asked for at every version
    _let_in(agreement, people, first)
    return [write_annex(agreement, kind, number=no, title=title, by=None) for kind, no, title in SHAPE]


def _let_in(agreement: Agreement, people: dict[str, User], day: date) -> None:
    kommun, polis = agreement.parties.all()
    steering = agreement.governing_groups.get(kind="steering").role_group
    for group, user, party, capacity in (
        (role_group(agreement, Role.COORDINATOR), people["coordinator"], kommun, Capacity.ORDINARY),
        (steering, people["decider"], kommun, Capacity.DECISION_MAKER),
        (steering, people["other"], polis, Capacity.DECISION_MAKER),
    ):
        write_membership(group, by=None, user=user, party=party, capacity=capacity, starts_on=day)


FILLING = "Parterna följer arbetet varje kvartal och redovisar det för styrgruppen. " * 4


def _texts(title: str, version: int) -> list[tuple[str, str]]:
    return [
        (heading, f"<p>{title}: {heading.lower()} i version {version}. {FILLING}</p>")
        for heading in ("Inledning", "Läget", "Åtgärder", "Uppföljning")
    ]


def _write_sections(annexes: list[Annex]) -> None:
    Section.objects.bulk_create(
        Section(pk=row_id(annex.pk, at), annex=annex, position=at, heading=heading, body=body)
        for annex in annexes
        for at, (heading, body) in enumerate(_texts(annex.title, 1), start=1)
    )


def _blocks(annex: Annex, version: int) -> list[Block]:
    blocks: list[Block] = []
    for at, (heading, body) in enumerate(_texts(annex.title, version), start=1):
        blocks += section_blocks(str(row_id(annex.pk, at)), 1, heading, "", body)[0]
    return blocks


def _document(kind: str, title: str, blocks: list[Block]) -> dict[str, object]:
    return {
        "format": 1, "kind": kind, "title": title, "subtitle": "", "language": "sv", "scope": "",
        "blocks": blocks, "notes": [], "assets": {}, "attachments": [],
    }  # fmt: skip


@cache
def _content(number: str, version: int) -> tuple[str, str]:
    """Canonical JSON and hash of a version of the annex with that number: the same in all agreements."""
    kind, _number, title = SHAPE[NUMBERS.index(number)]
    document = _document(kind, title, _blocks(Annex(pk=0, title=title), version))
    return canonical_json(split_ids(document)[0]), content_hash(document)


@lru_cache(maxsize=BATCH * len(SHAPE))
def _ids(annex_pk: int) -> list[str]:
    """The ids of the blocks, which every version of the annex has."""
    return split_ids(_document("", "", _blocks(Annex(pk=annex_pk), 1)))[1]


def _write_version(annexes: Iterable[Annex], version: int, first: date, people: dict[str, User]) -> None:
    """One version of each annex with its whole way: submitted, assented to by both parties, decided."""
    by, day = people["coordinator"], first + timedelta(days=30 * version)
    submitted, decided = moment(day - timedelta(days=10)), moment(day)
    revisions = Revision.objects.bulk_create(_revision(annex, version, submitted, by) for annex in annexes)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            revision=revision, annex=revision.annex, status=ProposalStatus.PROPOSED, submitted_by=by,
            proposed_decision=f"Styrgruppen fastställer {revision.annex.title}.", party=revision.party,
            status_since=submitted, submitted_at=submitted,
        )
        for revision in revisions
    )  # fmt: skip
    Assent.objects.bulk_create(
        Assent(
            proposal=proposal,
            party=party,
            given_by=people[who],
            name=str(people[who]),
            given_at=decided,
            resolution=proposal.proposed_decision,
        )
        for proposal in proposals
        for party, who in zip(proposal.annex.agreement.parties.all(), ("decider", "other"), strict=True)
    )
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(
        status=ProposalStatus.DECIDED, status_since=decided
    )
    Move.objects.bulk_create(
        Move(
            proposal=proposal, verb=Move.Verb.DECIDE, from_status="proposed", to_status="decided", moved_at=decided,
            moved_by=people["other"],
        )
        for proposal in proposals
    )  # fmt: skip
    Decision.objects.bulk_create(_decision(proposal, version, day, people["other"]) for proposal in proposals)


def _revision(annex: Annex, version: int, frozen_at: datetime, by: User) -> Revision:
    content, sha256 = _content(annex.number, version)
    return Revision(
        annex=annex, number=version, format_version=1, content=content, ids=_ids(annex.pk), sha256=sha256,
        frozen_at=frozen_at, frozen_by=by, party=annex.agreement.parties.all()[0],
    )  # fmt: skip


def _decision(proposal: Proposal, version: int, day: date, by: User) -> Decision:
    place = NUMBERS.index(proposal.annex.number) + 1
    return Decision(
        revision=proposal.revision, annex=proposal.annex, agreement=proposal.annex.agreement, year=day.year,
        number=version * len(SHAPE) + place, basis=Decision.Basis.STEERING_GROUP,
        method=Decision.Method.PER_CAPSULAM, resolution=proposal.proposed_decision, sha256=proposal.revision.sha256,
        decided_on=day, effective_from=day, written_by=by,
    )  # fmt: skip
