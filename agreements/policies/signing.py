"""Who may open, fill in and give up a signing (R13-R15, R47)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Annex, HigherDecision, Manifest, Party, Proposal, Signatory, Signature
from agreements.permissions import Perm, Role
from agreements.policies.agreement import coordinated_parties
from agreements.policies.lapse import can_apply_on
from agreements.rights import Person, agreements_with, has, memberships_in, today
from agreements.states import ProposalStatus
from samverkan.verdict import ALLOWED, Verdict, refused


def visible_manifests(user: Person) -> QuerySet[Manifest]:
    """The signings of the agreements in which ``user`` takes part, and the complete ones of all that one reads."""
    takes_part = Q(agreement__in=agreements_with(user, Perm.READ_PROPOSED))
    complete = Q(agreement__in=agreements_with(user, Perm.READ_IN_FORCE), closed_at__isnull=False)
    return Manifest.objects.filter(takes_part | complete).select_related("agreement")


def may_open(user: Person, agreement: Agreement) -> Verdict:
    """A coordinator opens a signing when the steering group has sent at least one text to signature, and none that
    has ended waits with it: that one is withdrawn first."""
    if not has(user, Perm.ENTER_DECISION, agreement):
        return refused("not_coordinator", _("Only a coordinator can prepare a signing."))
    if agreement.manifests.open().exists():
        return refused("already_open", _("A signing is already open."))
    sent = Proposal.objects.filter(annex__agreement=agreement, status=ProposalStatus.AWAITING_SIGNATURES)
    waiting = Annex.objects.filter(pk__in=sent.values("annex")).select_related("agreement")
    if not waiting:
        return refused("nothing_to_sign", _("No text waits for signatures."))
    verdicts = (can_apply_on(annex, today()) for annex in waiting)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def can_be_completed(manifest: Manifest) -> Verdict:
    """Whether the agreement has not got a last day before that of ``manifest`` since it was opened. Reads
    ``agreement``; its annexes get none while they are on their way."""
    last = manifest.agreement.ends_on
    if last is None or manifest.effective_from <= last:
        return ALLOWED
    reason = _("%(the_agreement)s has a last day before the one from which the signed texts would apply.")
    return refused("ends_before", manifest.agreement.say(reason))


def may_change(user: Person, manifest: Manifest) -> Verdict:
    """Signatories and decisions from above are set before the first signature: a change after it would void it."""
    if not has(user, Perm.ENTER_DECISION, manifest.agreement):
        return refused("not_coordinator", _("Only a coordinator can change the signing."))
    if not manifest.is_open:
        return refused("closed", _("The signing is closed."))
    if Signature.objects.filter(signatory__manifest=manifest).exists():
        return refused("signed", _("Somebody has already signed. Give up the signing and prepare a new one."))
    return ALLOWED


def may_complete(user: Person, manifest: Manifest) -> Verdict:
    """What is filled in as it happens (who holds the originals): coordinators, while it is open."""
    if not has(user, Perm.ENTER_DECISION, manifest.agreement):
        return refused("not_coordinator", _("Only a coordinator can change the signing."))
    if not manifest.is_open:
        return refused("closed", _("The signing is closed."))
    return ALLOWED


def _own_parties(user: Person, agreement: Agreement) -> set[int]:
    return {party.pk for party in coordinated_parties(user, agreement)}


def _may_tell_of_above(user: Person, needed: HigherDecision) -> Verdict:
    if needed.party_id not in _own_parties(user, needed.manifest.agreement):
        return refused("not_party", _("Only a coordinator of the party whose body decides can record it."))
    if not needed.manifest.is_open:
        return refused("closed", _("The signing is closed."))
    return ALLOWED


def may_record_higher_decision(user: Person, needed: HigherDecision) -> Verdict:
    """A coordinator of the party whose body decides, once, while the signing is open. Reads ``manifest.agreement``."""
    if not (verdict := _may_tell_of_above(user, needed)):
        return verdict
    if needed.decided_on is not None:
        return refused("already_recorded", _("The decision has already been recorded."))
    return can_be_completed(needed.manifest)


def may_correct_higher_decision(user: Person, needed: HigherDecision) -> Verdict:
    """Likewise, when it has been recorded: the correction is another, visible entry. Reads ``replaced_by``."""
    if not (verdict := _may_tell_of_above(user, needed)):
        return verdict
    if needed.decided_on is None or hasattr(needed, "replaced_by"):
        return refused("nothing_to_correct", _("There is nothing to correct."))
    return ALLOWED


def may_attach_scan(user: Person, manifest: Manifest) -> Verdict:
    """A coordinator, while the signing is open; afterwards the scan that it lacks, once."""
    if not has(user, Perm.ENTER_DECISION, manifest.agreement):
        return refused("not_coordinator", _("Only a coordinator can change the signing."))
    if manifest.withdrawn_at is not None or (manifest.closed_at is not None and manifest.scan_id is not None):
        return refused("closed", _("The signing is closed."))
    return ALLOWED


def may_record_signature(user: Person, signatory: Signatory) -> Verdict:
    """The signatory, or a coordinator or signatory of the same party, records that it has been signed, while the
    texts can still begin to apply."""
    manifest = signatory.manifest
    acts = {
        m.party_id
        for m in memberships_in(user, manifest.agreement)
        if m.role_group.role in (Role.SIGNATORY, Role.COORDINATOR)
    }
    if signatory.party_id not in acts:
        return refused("not_party", _("Only the signing party records its signature."))
    if not manifest.is_open:
        return refused("closed", _("The signing is closed."))
    if hasattr(signatory, "signature"):
        return refused("already_signed", _("The signature has already been recorded."))
    return can_be_completed(manifest)


def may_give_up(user: Person, manifest: Manifest) -> Verdict:
    """A coordinator, while the signing is open; one that was registered afterwards is withdrawn or disputed."""
    if manifest.is_registered_afterwards:
        return refused("registered", _("A registered signing is withdrawn by the party that registered it."))
    return may_complete(user, manifest)


def parties_to_answer(manifest: Manifest) -> QuerySet[Party]:
    """The parties that have said nothing yet of a signing registered afterwards, in the agreement's order."""
    return manifest.agreement.parties.exclude(pk__in=manifest.answers.values("party")).select_related("organisation")


def answering_party(user: Person, manifest: Manifest) -> Party | None:
    """The party for which ``user``, as its coordinator, can still answer; nobody answers for two."""
    if manifest.answers.filter(answered_by=user.pk).exists():
        return None
    return parties_to_answer(manifest).filter(pk__in=_own_parties(user, manifest.agreement)).first()


def _registering_parties(manifest: Manifest) -> set[int]:
    return set(manifest.answers.filter(answered_by=manifest.created_by_id).values_list("party_id", flat=True))


def may_confirm_registration(user: Person, manifest: Manifest) -> Verdict:
    """A coordinator of each party but the one that registered a signing done outside the portal (design.md, "Deciding";
    decisions/0014)."""
    if not manifest.is_registered_afterwards:
        return refused("not_registration", _("There is nothing to confirm."))
    if not _is_for_another_party(user, manifest):
        return refused("own_entry", _("A coordinator of the other party confirms it."))
    if not (verdict := _may_answer(user, manifest)):
        return verdict
    return can_be_completed(manifest)


def may_dispute_registration(user: Person, manifest: Manifest) -> Verdict:
    """Whoever may confirm it; a party does not dispute what it has registered or confirmed itself (decisions/0014)."""
    if not manifest.is_registered_afterwards:
        return refused("not_registration", _("There is nothing to dispute."))
    if not _is_for_another_party(user, manifest):
        return refused(
            "own_entry", _("A coordinator of another party can dispute it. The party that registered it withdraws it.")
        )
    return _may_answer(user, manifest)


def _is_for_another_party(user: Person, manifest: Manifest) -> bool:
    others = _own_parties(user, manifest.agreement) - _registering_parties(manifest)
    return bool(others) and manifest.created_by_id != user.pk


def _may_answer(user: Person, manifest: Manifest) -> Verdict:
    if not manifest.is_open:
        return refused("closed", _("The signing is closed."))
    if answering_party(user, manifest) is None:
        return refused("already_confirmed", _("Your party has already confirmed it."))
    return ALLOWED


def may_withdraw_registration(user: Person, manifest: Manifest) -> Verdict:
    """A coordinator of the party that registered it, while a party has not confirmed it (decisions/0014)."""
    if not manifest.is_registered_afterwards:
        return refused("not_registration", _("There is nothing to withdraw."))
    if not (verdict := may_complete(user, manifest)):
        return verdict
    if not _own_parties(user, manifest.agreement) & _registering_parties(manifest):
        return refused("not_registrant", _("A registered signing is withdrawn by the party that registered it."))
    return ALLOWED
