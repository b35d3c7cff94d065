"""Many agreements of one shape, for measuring: ten annexes each, and as many decided versions as asked for.

Written in bulk and without history rows; the database judges them as it judges everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from django.db import transaction

from agreements.documents.blocks import section_blocks
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
    Party,
    Proposal,
    Revision,
    Section,
)
from agreements.permissions import Capacity, Role
from agreements.rights import forget
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.annex import write_annex
from agreements.workflow.group import role_group, write_membership
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
BATCH = 2000


def load_many(agreements: int, revisions: int, today: date) -> None:
    """Make so many agreements beside what is there, ``revisions`` decided versions of each annex, a month apart;
    the example's coordinator and decision-maker of the municipality belong to all of them."""
    people = {
        "coordinator": User.objects.get(email="samordnare-kommun@example.se"),
        "decider": User.objects.get(email="styrgrupp-kommun@example.se"),
        "other": User.objects.get(email="styrgrupp-polis@example.se"),
    }
    have = Agreement.objects.filter(slug__startswith="matning-").count()
    for number in range(have + 1, have + agreements + 1):
        with transaction.atomic():
            _load_one(number, revisions, today, people)
    for user in people.values():
        forget(user)


def _load_one(number: int, revisions: int, today: date, people: dict[str, User]) -> None:
    parties = [
        PartyFacts(Organisation.objects.create(name=name, kind=kind), term, registry)
        for name, kind, term, registry in (
            (f"Mätkommun {number}", OrganisationKind.MUNICIPALITY, "Kommunen", f"KS 2020/{number}"),
            (f"Lokalpolisområde Mätning {number}", OrganisationKind.LOCAL_POLICE_AREA, "Polisen", "A400.001/2020"),
        )
    ]
    first = today - timedelta(days=30 * (revisions + 1))
    agreement = create_agreement(
        slug=f"matning-{number}", title=f"Samverkansöverenskommelse för mätning {number}", parties=parties,
        starts_on=first,
    )  # fmt: skip
    agreement.fixing_rules = {kind.value: "decision" for kind, _number, _title in SHAPE}
    agreement.save()
    kommun, polis = agreement.parties.all()
    _let_in(agreement, kommun, polis, people, first)
    annexes = [write_annex(agreement, kind, number=no, title=title, by=None) for kind, no, title in SHAPE]
    _write_sections(annexes)
    _write_versions(agreement, annexes, revisions, first, (kommun, polis), people)


def _let_in(agreement: Agreement, kommun: Party, polis: Party, people: dict[str, User], day: date) -> None:
    steering = agreement.governing_groups.get(kind="steering").role_group
    for group, user, party, capacity in (
        (role_group(agreement, Role.COORDINATOR), people["coordinator"], kommun, Capacity.ORDINARY),
        (steering, people["decider"], kommun, Capacity.DECISION_MAKER),
        (steering, people["other"], polis, Capacity.DECISION_MAKER),
    ):
        write_membership(group, by=None, user=user, party=party, capacity=capacity, starts_on=day)


def _texts(annex: Annex, version: int) -> list[tuple[str, str]]:
    return [
        (heading, f"<p>{annex.title}: {heading.lower()} i version {version}. {FILLING}</p>")
        for heading in ("Inledning", "Läget", "Åtgärder", "Uppföljning")
    ]


FILLING = "Parterna följer arbetet varje kvartal och redovisar det för styrgruppen. " * 4


def _write_sections(annexes: list[Annex]) -> None:
    Section.objects.bulk_create(
        Section(pk=row_id(annex.pk, at), annex=annex, position=at, heading=heading, body=body)
        for annex in annexes
        for at, (heading, body) in enumerate(_texts(annex, 1), start=1)
    )


def _document(annex: Annex, version: int) -> dict[str, object]:
    blocks: list[object] = []
    for at, (heading, body) in enumerate(_texts(annex, version), start=1):
        blocks += section_blocks(str(row_id(annex.pk, at)), 1, heading, "", body)[0]
    return {
        "format": 1, "kind": annex.kind, "title": annex.title, "subtitle": "", "language": "sv", "scope": "",
        "blocks": blocks, "notes": [], "assets": {}, "attachments": [],
    }  # fmt: skip


def _revisions(annexes: list[Annex], revisions: int, first: date, party: Party, by: User) -> Iterator[Revision]:
    for annex in annexes:
        for version in range(1, revisions + 1):
            document = _document(annex, version)
            content, ids = split_ids(document)
            yield Revision(
                annex=annex, number=version, format_version=1, content=canonical_json(content), ids=ids,
                sha256=content_hash(document), frozen_by=by, party=party,
                frozen_at=moment(first + timedelta(days=30 * version - 10)),
            )  # fmt: skip


def _write_versions(
    agreement: Agreement,
    annexes: list[Annex],
    revisions: int,
    first: date,
    parties: tuple[Party, Party],
    people: dict[str, User],
) -> None:
    by = people["coordinator"]
    stream = _revisions(annexes, revisions, first, parties[0], by)
    number = 0
    while made := Revision.objects.bulk_create(islice(stream, BATCH)):
        proposals = Proposal.objects.bulk_create(
            Proposal(
                revision=revision, annex=revision.annex, status=ProposalStatus.PROPOSED, submitted_by=by,
                proposed_decision=f"Styrgruppen fastställer {revision.annex.title}.", party=parties[0],
                submitted_at=revision.frozen_at,
            )
            for revision in made
        )  # fmt: skip
        Assent.objects.bulk_create(
            Assent(proposal=proposal, party=party, given_by=people[who], name=str(people[who]))
            for proposal in proposals
            for party, who in zip(parties, ("decider", "other"), strict=True)
        )
        Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(status=ProposalStatus.DECIDED)
        Move.objects.bulk_create(
            Move(proposal=proposal, verb=Move.Verb.DECIDE, from_status="proposed", to_status="decided", moved_by=by)
            for proposal in proposals
        )
        decisions = []
        for proposal in proposals:
            number += 1
            day = first + timedelta(days=30 * proposal.revision.number)
            decisions.append(
                Decision(
                    revision=proposal.revision, annex=proposal.annex, agreement=agreement, year=2000, number=number,
                    basis=Decision.Basis.STEERING_GROUP, method=Decision.Method.PER_CAPSULAM,
                    resolution=proposal.proposed_decision, sha256=proposal.revision.sha256, decided_on=day,
                    effective_from=day, written_by=by,
                )
            )  # fmt: skip
        Decision.objects.bulk_create(decisions)
