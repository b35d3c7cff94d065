"""The whole example, in the order in which it came about: text by text, as they were submitted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from agreements.example import shapes
from agreements.example.content import load_example
from agreements.management.demo.identity import row_id
from agreements.management.demo.moment import moment
from agreements.management.demo.past import done
from agreements.management.demo.people import load_accounts, load_agreement, load_groups, load_organisations
from agreements.management.demo.texts import remember_groups
from agreements.management.demo.ways import decide, sign, write_comment, write_review, write_version
from agreements.models import (
    ActionPlanSheet,
    Agreement,
    Annex,
    Commitment,
    Definition,
    GoverningGroup,
    Matter,
    Organisation,
    PriorityArea,
    Proposal,
    SheetColumn,
    SheetField,
    SheetValue,
    Source,
)
from agreements.permissions import Capacity, Role
from agreements.rights import forget
from agreements.signals import past_written
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow.annex import write_annex
from agreements.workflow.group import sync_working_group
from samverkan.accounts.models import User

EXAMPLE_SLUG = "norrvik-centrum"
LOADING = 8143027  # any number of our own


def is_loaded() -> bool:
    """Whether the example is there already; it is loaded once."""
    return Agreement.objects.filter(slug=EXAMPLE_SLUG).exists()


@transaction.atomic
def load_once(today: date) -> bool:
    """Load the example unless it is there; of two who do so at once, the second waits. Whether it was loaded now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
    if is_loaded():
        return False
    load(today)
    return True


@transaction.atomic
def load(today: date) -> None:
    """Load organisations, accounts, agreements and every version with its way. All of it or nothing."""
    example = load_example(today)
    with done(min(row.first_version.submitted_on for row in example.agreements), 6):
        organisations = load_organisations(example)
        users = load_accounts(example, organisations)
    for row in example.agreements:
        agreement = load_agreement(row, organisations, users)
        remember_groups(row)
        for user in users.values():
            forget(user)
        _load_texts(agreement, row, users, organisations)
        past_written.send(Agreement, agreement=agreement)
    _forget_comings_and_goings()


def _forget_comings_and_goings() -> None:
    """Drop the history of rows that the loader itself wrote anew for each version: nobody did that."""
    for model in (ActionPlanSheet, Commitment, Definition, PriorityArea, SheetColumn, SheetField, SheetValue, Source):
        model.history.all().delete()


def _load_texts(
    agreement: Agreement, row: shapes.Agreement, users: dict[str, User], organisations: dict[str, Organisation]
) -> None:
    """Every version with its way, in the order in which they were submitted; then what is said of them."""
    annexes: dict[str, Annex] = {}
    reached = row.starts_on
    matters = {
        number: matter
        for known in row.matters
        for number, matter in _matter(agreement, known, _submitted_on(row, known), users)
    }
    signed: list[tuple[Proposal, shapes.Version]] = []
    for known, version in _in_order(row):
        with done(version.submitted_on, by=users[version.submitted_by]):
            _begin(agreement, row, annexes, version)
            day = version.effective_from or version.submitted_on
            if day > reached:
                load_groups(agreement, row, organisations, users, after=reached, until=day, on=version.submitted_on)
                reached = day
            annex = annexes[known.number]
            _refer_to_area(annex, known)
            is_last = version is known.versions[-1]
            matter = matters.get(known.number) if is_last else None
            proposal = write_version(annex, version, users, matter)
        if version.status != ProposalStatus.DECIDED:
            continue
        if annex.fixed_by == FixedBy.SIGNATURES:
            signed.append((proposal, version))
        else:
            decide(proposal, version, users, _deciders(agreement, version, users))
        if signed and len(signed) == _signed_together(row, agreement):
            sign(row, signed, users)
            signed = []
    load_groups(agreement, row, organisations, users, after=reached, until=date.max)
    _give_areas(agreement, row)
    for comment in row.comments:
        section_id = str(row_id(row.slug, comment.annex, comment.section)) if comment.section else ""
        write_comment(annexes[comment.annex], comment, section_id, users)
    for review in row.reviews:
        write_review(annexes["0"], review, users)


def _give_areas(agreement: Agreement, row: shapes.Agreement) -> None:
    """Tie the working groups to their areas, which there are only now, and by that to their action plans."""
    for group, known in _groups(agreement, row):
        areas = [row_id(row.slug, "area", key) for key in known.areas]
        group.priority_areas.set(PriorityArea.objects.filter(pk__in=areas))
        sync_working_group(group)


def _begin(agreement: Agreement, row: shapes.Agreement, annexes: dict[str, Annex], version: shapes.Version) -> None:
    """Make the annexes that there are when ``version`` is submitted: lists of annexes name those of their time."""
    for known in row.annexes:
        is_there = not known.versions or known.versions[0].submitted_on <= version.submitted_on
        if is_there and known.number not in annexes:
            annexes[known.number] = _annex(agreement, known)


def _annex(agreement: Agreement, row: shapes.Annex) -> Annex:
    annex = write_annex(
        agreement, row.kind, number=row.number, title=row.title, by=None, geographic_scope=row.geographic_scope
    )
    annex.heading, annex.subtitle = row.heading, row.subtitle
    annex.save()
    return annex


def _matter(
    agreement: Agreement, row: shapes.Matter, day: date, users: dict[str, User]
) -> Iterator[tuple[str, Matter]]:
    """The matter as it was submitted on ``day``, by the number of each annex in it."""
    by = users["samordnare-kommun"]
    with done(day, by=by):
        matter = Matter.objects.create(
            agreement=agreement, title=row.title, is_bound_together=row.is_bound_together,
            answer_wanted_by=row.answer_wanted_by, created_by=by, created_at=moment(day),
        )  # fmt: skip
    yield from ((number, matter) for number in row.annexes)


def _submitted_on(row: shapes.Agreement, matter: shapes.Matter) -> date:
    """The day on which the last versions of the matter's annexes were submitted."""
    return min(row.annex(number).versions[-1].submitted_on for number in matter.annexes)


def _in_order(row: shapes.Agreement) -> Iterator[tuple[shapes.Annex, shapes.Version]]:
    """Versions as they were submitted; on one day the situational picture first, which the plans refer to."""
    pairs = [(annex, version) for annex in row.annexes for version in annex.versions]
    order = {AnnexKind.SITUATIONAL_PICTURE.value: 0, AnnexKind.AGREEMENT_TEXT.value: 2}
    yield from sorted(pairs, key=lambda pair: (pair[1].submitted_on, order.get(pair[0].kind, 1), pair[0].number))


def _refer_to_area(annex: Annex, row: shapes.Annex) -> None:
    if row.area and annex.priority_area_id is None:
        annex.priority_area = PriorityArea.objects.get(pk=row_id(annex.agreement.slug, "area", row.area))
        annex.save()


def _signed_together(row: shapes.Agreement, agreement: Agreement) -> int:
    """How many texts the signing fixes."""
    return sum(
        version.status == ProposalStatus.DECIDED and agreement.fixed_by(annex.kind) == FixedBy.SIGNATURES
        for annex in row.annexes
        for version in annex.versions
    )


def _deciders(agreement: Agreement, version: shapes.Version, users: dict[str, User]) -> list[User]:
    """One person per party whose assent is recorded: the accounts named, else the decision-makers, else the
    coordinators, who entered and confirmed what the meeting decided."""
    named = [users[account] for account in version.assents]
    if named:
        return named
    found: dict[int, User] = {}
    for role, capacity in ((Role.STEERING, Capacity.DECISION_MAKER), (Role.COORDINATOR, None), (Role.STEERING, None)):
        for group in agreement.role_groups.filter(role=role):
            held = group.memberships.filter(user__isnull=False, party__isnull=False).select_related("user")
            for membership in held if capacity is None else held.filter(capacity=capacity):
                if membership.party_id is not None and membership.user is not None:
                    found.setdefault(membership.party_id, membership.user)
    return list(found.values())


def _groups(agreement: Agreement, row: shapes.Agreement) -> Iterator[tuple[GoverningGroup, shapes.Group]]:
    by_name = {group.name: group for group in agreement.governing_groups.all()}
    yield from ((by_name[known.name], known) for known in row.groups)
