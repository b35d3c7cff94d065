"""What waits for those who sign, who record signatures, and who answer for their party what another has entered."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import (
    Agreement,
    Ending,
    EndingConfirmation,
    HigherDecision,
    Manifest,
    Party,
    Proposal,
    Signatory,
    SigningAnswer,
)
from agreements.permissions import Role
from agreements.policies.lapse import lapsed
from agreements.selectors.work_item import Item, parties_of, roles_of
from agreements.states import ProposalStatus
from samverkan.accounts.models import User


def to_lay_before_signatories(user: User) -> list[Item]:
    """Texts that the steering group has sent to signature, and for which a coordinator has to prepare the signing.
    What has lapsed among them is withdrawn first."""
    is_open = Manifest.objects.open().filter(agreement=OuterRef("pk"))
    sent = Proposal.objects.filter(annex__agreement=OuterRef("pk"), status=ProposalStatus.AWAITING_SIGNATURES)
    found = Agreement.objects.filter(
        ~Exists(is_open), Exists(sent), ~Exists(lapsed(sent)), pk__in=list(roles_of(user, Role.COORDINATOR))
    )
    return [
        Item(
            _("Prepare the signing"),
            _("Texts wait for signatures."),
            agreement,
            pgettext_lazy("signing", "Prepare"),
            reverse("agreements:manifest_create", args=[agreement.slug]),
        )
        for agreement in found
    ]


def signed_to_confirm(user: User) -> list[Item]:
    """Signings on paper that one party has registered, and that ``user``'s has not yet confirmed or disputed."""
    mine = roles_of(user, Role.COORDINATOR)
    said = SigningAnswer.objects.filter(manifest=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    silent = Party.objects.filter(~Exists(said), agreement=OuterRef("agreement"), pk__in=parties_of(mine))
    rows = Manifest.objects.open().filter(Exists(silent), agreement__in=list(mine), is_registered_afterwards=True)
    return [
        _signing_item(manifest, _("Confirm the registered signing"))
        for manifest in rows.exclude(answers__answered_by=user).select_related("agreement")
    ]


def endings_to_confirm(user: User) -> list[Item]:
    """What a coordinator of one party has entered about when an annex or an agreement ends, and that waits for
    ``user``'s party."""
    mine = roles_of(user, Role.COORDINATOR)
    said = EndingConfirmation.objects.filter(ending=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    whole = Coalesce(OuterRef("agreement"), OuterRef("annex__agreement"))
    silent = Party.objects.filter(~Exists(said), agreement=whole, pk__in=parties_of(mine))
    rows = Ending.objects.within(list(mine)).filter(
        Exists(silent.exclude(pk=OuterRef("party"))), status=Ending.Status.ENTERED
    )
    return [
        Item(
            _("Confirm: %(what)s") % {"what": ending}
            if ending.goes_on
            else _("Confirm that %(annex)s ends") % {"annex": ending.subject},
            ending.because,
            ending.whole,
            _("Read and answer"),
            ending.get_absolute_url(),
        )
        for ending in rows.exclude(entered_by=user).select_related("agreement", "annex__agreement")
    ]


def to_sign(user: User) -> list[Item]:
    """Signings that lack a signature or a decision from above of ``user``'s party; not those that can no longer be
    completed, since the agreement has got a last day before theirs."""
    mine = roles_of(user, Role.SIGNATORY, Role.COORDINATOR)
    parties = parties_of(mine)
    if not parties:
        return []
    items: dict[int, Item] = {}
    no_longer = {"manifest__agreement__ends_on__lt": F("manifest__effective_from")}
    unsigned = Signatory.objects.filter(
        manifest__closed_at=None, manifest__withdrawn_at=None, signature=None, party__in=parties
    ).select_related("manifest__agreement")
    for signatory in unsigned.exclude(**no_longer):
        items[signatory.manifest_id] = _signing_item(signatory.manifest, _("Sign, or record who has signed"))
    needed = HigherDecision.objects.filter(
        manifest__closed_at=None,
        manifest__withdrawn_at=None,
        decided_on=None,
        party__in=parties_of(roles_of(user, Role.COORDINATOR)),
    ).select_related("manifest__agreement")
    for higher in needed.exclude(**no_longer):
        items.setdefault(higher.manifest_id, _signing_item(higher.manifest, _("Record the decision from above")))
    return list(items.values())


def _signing_item(manifest: Manifest, what: str | Promise) -> Item:
    return Item(what, str(manifest), manifest.agreement, _("Open the signing"), manifest.get_absolute_url())
