"""Signing by hand of a manifest: the texts, by version and hash, that all parties sign (R13-R15, R47)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    Annex,
    HigherDecision,
    Manifest,
    ManifestEntry,
    Membership,
    Move,
    OriginalCopy,
    Party,
    Proposal,
    Revision,
    Signatory,
    Signature,
    StoredFile,
)
from agreements.permissions import Role
from agreements.policies import signing as policy
from agreements.policies.decision import may_apply_from
from agreements.rights import today
from agreements.selectors.in_force import standings
from agreements.signals import manifest_opened
from agreements.states import ProposalStatus
from agreements.workflow.decision import Resolution, write_decision
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, demand, refused


@dataclass(frozen=True)
class SignatoryFacts:
    """Who signs for a party, as named on the day (R14)."""

    party: Party
    name: str
    title: str
    is_acting: bool = False
    is_deputy: bool = False
    authority: str = ""
    user: User | None = None


def locked(manifest: Manifest) -> Manifest:
    """The manifest, read anew under a lock that is held until the transaction ends."""
    return Manifest.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=manifest.pk)


def new_manifest(
    agreement: Agreement,
    proposals: Iterable[Proposal],
    *,
    effective_from: date,
    by: User,
    is_registered_afterwards: bool = False,
    item_numbers: Mapping[int, str] | None = None,
) -> Manifest:
    """Write a manifest over ``proposals``' revisions and, listed beside, what is decided of the other annexes; and
    deal its originals. ``item_numbers``: the § of a text signed outside the portal, by its annex's id."""
    number = (agreement.manifests.aggregate(last=Max("number"))["last"] or 0) + 1
    manifest = Manifest.objects.create(
        agreement=agreement, number=number, effective_from=effective_from, created_by=by,
        is_registered_afterwards=is_registered_afterwards,
    )  # fmt: skip
    write_entries(manifest, [proposal.revision for proposal in proposals], item_numbers or {})
    for original in _copies(manifest):
        remember_why(original, str(_("Dealt when the signing was prepared")), by=by)
        original.save()
    return manifest


def write_entries(
    manifest: Manifest, signed: Iterable[Revision], item_numbers: Mapping[int, str] = MappingProxyType({})
) -> None:
    """List the texts of a new manifest: ``signed``, which the signatures fix, and of every other annex what is in
    force on the manifest's day; for one that follows the overarching agreement, that agreement's text (R3, R12)."""
    to_sign = {revision.annex_id: revision for revision in signed}
    texts: list[tuple[Annex, Revision]] = []
    for row in standings(manifest.agreement, manifest.effective_from):
        listed = row.shown.revision if row.shown is not None else None
        if (revision := to_sign.get(row.annex.pk) or listed) is not None:
            texts.append((row.annex, revision))
    ManifestEntry.objects.bulk_create(
        ManifestEntry(
            manifest=manifest, revision=revision, sha256=revision.sha256, is_signed_for=annex.pk in to_sign,
            position=at, stands_as=None if revision.annex_id == annex.pk else annex,
            item_number=item_numbers.get(annex.pk, ""),
        )
        for at, (annex, revision) in enumerate(texts)
    )  # fmt: skip


@transaction.atomic
def open_manifest(agreement: Agreement, *, effective_from: date, by: User) -> Manifest:
    """Put together what shall be signed: every text that waits for signatures, and the hash of all others.

    The signatories are proposed from those who have that role today and an account that is not closed, and can be
    changed until somebody signs. Locks the texts, so that none is withdrawn meanwhile, before the agreement, as a
    decision does.
    """
    waiting = list(
        Proposal.objects.filter(annex__agreement=agreement, status=ProposalStatus.AWAITING_SIGNATURES)
        .select_for_update(of=("self",))
        .select_related("revision", "annex")
        .order_by("pk")
    )
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    demand(policy.may_open(by, agreement))
    for proposal in waiting:
        demand(may_apply_from(proposal.annex, effective_from))
    manifest = new_manifest(agreement, waiting, effective_from=effective_from, by=by)
    members = (
        Membership.objects.on(today())
        .filter(role_group__agreement=agreement, role_group__role=Role.SIGNATORY, party__isnull=False)
        .exclude(user__is_active=False)
    )
    members = members.select_related("user", "party", "seat").order_by("party__position", "pk")
    write_signatories(manifest, [_as_signatory(member, member.party) for member in members if member.party], by=by)
    manifest_opened.send(Manifest, manifest=manifest, by=by)
    return manifest


def _as_signatory(member: Membership, party: Party) -> SignatoryFacts:
    """Proposed by the account's title, else by the seat's function."""
    title = (member.user.title if member.user else "") or (member.seat.function if member.seat else "")
    return SignatoryFacts(party, str(member), title, user=member.user)


def _copies(manifest: Manifest) -> list[OriginalCopy]:
    """As many originals as the agreement has, dealt round the parties until somebody says who holds which (R13)."""
    parties = list(manifest.agreement.parties.all())
    if not parties:
        return []
    return [
        OriginalCopy(manifest=manifest, number=at + 1, holder=parties[at % len(parties)])
        for at in range(manifest.agreement.original_copies)
    ]


@transaction.atomic
def set_signatories(
    manifest: Manifest, signatories: Iterable[SignatoryFacts], *, by: User, seen: Collection[int] | None = None
) -> Manifest:
    """Replace the list of those who shall sign; refused when somebody has signed. Every party needs one.

    ``seen``: the ids of those whom ``by`` saw; refused when the list is another one by now.
    """
    manifest = locked(manifest)
    demand(policy.may_change(by, manifest))
    if seen is not None and set(seen) != set(manifest.signatories.values_list("pk", flat=True)):
        raise TransitionRefused(
            refused("signatories_changed", _("Somebody else has changed the signatories. They stand here as of now."))
        )
    facts = list(signatories)
    missing = manifest.agreement.parties.exclude(pk__in=[fact.party.pk for fact in facts])
    if missing.exists():
        raise TransitionRefused(refused("party_without_signatory", _("Every party needs a signatory.")))
    for signatory in manifest.signatories.select_related("party", "user"):
        if (known := _facts_of(signatory)) in facts:
            facts.remove(known)
        else:
            remember_why(signatory, str(_("Does not sign")), by=by)
            signatory.delete()
    write_signatories(manifest, facts, by=by)
    return manifest


def _facts_of(signatory: Signatory) -> SignatoryFacts:
    return SignatoryFacts(**{known.name: getattr(signatory, known.name) for known in fields(SignatoryFacts)})


def write_signatories(manifest: Manifest, facts: Iterable[SignatoryFacts], *, by: User) -> list[Signatory]:
    """Add signatories after those that there are."""
    last = manifest.signatories.aggregate(last=Max("position"))["last"]
    return [
        _write_signatory(manifest, fact, at, by=by) for at, fact in enumerate(facts, 0 if last is None else last + 1)
    ]


def _write_signatory(manifest: Manifest, facts: SignatoryFacts, position: int, *, by: User) -> Signatory:
    told = {known.name: getattr(facts, known.name) for known in fields(SignatoryFacts)}
    signatory = Signatory(manifest=manifest, position=position, **told)
    remember_why(signatory, str(_("Shall sign")), by=by)
    signatory.save()
    return signatory


@transaction.atomic
def require_higher_decision(manifest: Manifest, *, party: Party, body: str, by: User) -> HigherDecision:
    """Say that ``party`` needs a decision of nämnd or kommunstyrelse before the set is complete."""
    manifest = locked(manifest)
    demand(policy.may_change(by, manifest))
    needed = HigherDecision(manifest=manifest, party=party, body=body)
    remember_why(needed, "", by=by)
    needed.save()
    return needed


@dataclass(frozen=True)
class TakenAbove:
    """What the body above decided: nämnd or kommunstyrelse."""

    decided_on: date
    item_number: str = ""
    registry_number: str = ""
    file: StoredFile | None = None


def _of_above(needed: HigherDecision, manifest: Manifest, taken: TakenAbove) -> HigherDecision:
    """``needed`` read anew under the manifest's lock. Refuses a day to come."""
    if taken.decided_on > today():
        raise TransitionRefused(refused("date_to_come", _("The decision cannot be later than today.")))
    needed = manifest.higher_decisions.select_related("party", "replaced_by", "file").get(pk=needed.pk)
    needed.manifest = manifest
    return needed


@transaction.atomic
def record_higher_decision(needed: HigherDecision, taken: TakenAbove, *, by: User) -> HigherDecision:
    """Record the decision from above, once. It may complete the set.

    Raises TransitionRefused: not a coordinator of that party, a day to come, recorded already.
    """
    manifest = locked(needed.manifest)
    needed = _of_above(needed, manifest, taken)
    demand(policy.may_record_higher_decision(by, needed))
    needed.decided_on, needed.item_number, needed.registry_number = (
        taken.decided_on, taken.item_number, taken.registry_number,
    )  # fmt: skip
    needed.file, needed.recorded_at, needed.recorded_by = taken.file, timezone.now(), by
    needed.save()
    close_when_complete(manifest, by=by)
    return needed


@transaction.atomic
def correct_higher_decision(recorded: HigherDecision, taken: TakenAbove, *, by: User) -> HigherDecision:
    """Write what was right beside what was recorded, which stays to be seen. The file is kept where none is given."""
    manifest = locked(recorded.manifest)
    recorded = _of_above(recorded, manifest, taken)
    demand(policy.may_correct_higher_decision(by, recorded))
    return HigherDecision.objects.create(
        manifest=manifest, party=recorded.party, body=recorded.body, replaces=recorded, decided_on=taken.decided_on,
        item_number=taken.item_number, registry_number=taken.registry_number, file=taken.file or recorded.file,
        recorded_at=timezone.now(), recorded_by=by,
    )  # fmt: skip


@transaction.atomic
def attach_scan(manifest: Manifest, scan: StoredFile, *, by: User) -> Manifest:
    """Lay the scanned signature page beside the manifest, before the last signature or after it."""
    manifest = locked(manifest)
    demand(policy.may_attach_scan(by, manifest))
    manifest.scan = scan
    remember_why(manifest, "", by=by)
    manifest.save(update_fields=["scan"])
    return manifest


@transaction.atomic
def record_signature(signatory: Signatory, *, signed_on: date, place: str, by: User) -> Signature:
    """Record that ``signatory`` has signed with ink. The last one, when nothing else is missing, decides.

    Raises TransitionRefused: not of that party, closed, signed already, a day to come, or no longer to sign.
    """
    manifest = locked(signatory.manifest)
    found = manifest.signatories.filter(pk=signatory.pk).first()
    if found is None:
        raise TransitionRefused(
            refused("signatory_gone", _("Somebody else has changed the signatories. Go back to see who shall sign."))
        )
    signatory = found
    demand(policy.may_record_signature(by, signatory))
    if signed_on > today():
        raise TransitionRefused(refused("date_to_come", _("A signature cannot be later than today.")))
    signature = Signature.objects.create(signatory=signatory, signed_on=signed_on, place=place, recorded_by=by)
    close_when_complete(manifest, by=by)
    return signature


def missing(manifest: Manifest) -> list[str]:
    """What the set of signatures still lacks, as sentences; empty when it is complete."""
    lacks = [
        _("%(name)s has not signed.") % {"name": signatory} for signatory in manifest.signatories.filter(signature=None)
    ]
    unsigned = manifest.agreement.parties.exclude(pk__in=manifest.signatories.values("party"))
    lacks += [_("%(party)s has no signatory.") % {"party": party} for party in unsigned.select_related("organisation")]
    lacks += [
        _("The decision of %(body)s is not recorded.") % {"body": needed.body}
        for needed in manifest.higher_decisions.filter(decided_on=None)
    ]
    return lacks


def close_when_complete(manifest: Manifest, *, by: User) -> bool:
    """Close a complete manifest and write one decision per text that it was signed for.

    One that was signed outside the portal also waits for the other party's confirmation
    (workflow.registration) and is never closed here.
    """
    if manifest.is_registered_afterwards or missing(manifest):
        return False
    close(manifest, by=by)
    return True


def close(manifest: Manifest, *, by: User) -> None:
    """Close the manifest and decide its texts. The caller has checked that nothing is missing."""
    manifest.closed_at = timezone.now()
    remember_why(manifest, "", by=by)
    manifest.save(update_fields=["closed_at"])
    last = Signature.objects.filter(signatory__manifest=manifest).aggregate(day=Max("signed_on"))["day"]
    resolution = Resolution(
        text=str(_("Signed by all parties.")),
        decided_on=last,
        effective_from=manifest.effective_from,
        manifest=manifest,
        is_registered_afterwards=manifest.is_registered_afterwards,
    )
    item_numbers = dict(manifest.entries.values_list("revision", "item_number"))
    for proposal in texts_waiting(manifest):
        write_decision(proposal, replace(resolution, item_number=item_numbers[proposal.revision_id]), by=by)
        proposal.status, proposal.status_since = ProposalStatus.DECIDED, timezone.now()
        remember_why(proposal, "", by=by)
        proposal.save(update_fields=["status", "status_since"])
        Move.objects.create(
            proposal=proposal, verb=Move.Verb.DECIDE, from_status=ProposalStatus.AWAITING_SIGNATURES,
            to_status=ProposalStatus.DECIDED, moved_by=by,
        )  # fmt: skip


def texts_waiting(manifest: Manifest) -> QuerySet[Proposal]:
    """What still waits for ``manifest``'s signatures, under lock, in the agreement's order."""
    revisions = manifest.entries.filter(is_signed_for=True).values("revision")
    waiting = Proposal.objects.select_for_update(of=("self",)).filter(
        revision__in=revisions, status=ProposalStatus.AWAITING_SIGNATURES
    )
    return waiting.select_related("revision", "annex__agreement", "matter").order_by("annex__sort_key")


@transaction.atomic
def set_original_holders(manifest: Manifest, holders: Mapping[int, Party], *, by: User) -> Manifest:
    """Say which party holds which of the numbered originals (R13). One more than were dealt is added: the agreement
    may have got another original, or another party, since the signing was prepared."""
    manifest = locked(manifest)
    demand(policy.may_complete(by, manifest))
    dealt = {original.number: original for original in manifest.originals.all()}
    for number, holder in sorted(holders.items()):
        original = dealt.get(number) or OriginalCopy(manifest=manifest, number=number)
        if original.holder_id != holder.pk:
            original.holder = holder
            remember_why(original, str(_("Holder changed") if number in dealt else _("Original added")), by=by)
            original.save()
    return manifest


@transaction.atomic
def give_up(manifest: Manifest, *, by: User) -> Manifest:
    """Give up an open signing; its texts still wait for signatures, and a new one can be prepared."""
    manifest = locked(manifest)
    demand(policy.may_give_up(by, manifest))
    manifest.withdrawn_at = timezone.now()
    remember_why(manifest, "", by=by)
    manifest.save(update_fields=["withdrawn_at"])
    return manifest
