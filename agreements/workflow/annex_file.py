"""Files beside an annex's working text; the next version that is frozen names them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agreements.models import Annex, AnnexFile, StoredFile
from agreements.policies.annex import may_lay_beside
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused


@transaction.atomic
def lay_beside(annex: Annex, file: StoredFile, *, title: str, by: User, dated: date | None = None) -> AnnexFile:
    """Lay a stored PDF beside the annex's working text, last. ``dated`` is the day of the document itself.

    Raises TransitionRefused: not a coordinator who may edit the draft, another agreement's file, or it lies there.
    """
    annex = _locked(annex)
    if not (verdict := may_lay_beside(by, annex)):
        raise TransitionRefused(verdict)
    if file.agreement_id != annex.agreement_id:
        raise TransitionRefused(refused("other_agreement", _("That file belongs to another agreement.")))
    if annex.attachments.filter(file=file).exists():
        raise TransitionRefused(refused("lies_there", _("The file lies beside the annex already.")))
    last = annex.attachments.aggregate(last=Max("position"))["last"] or 0
    beside = AnnexFile(annex=annex, file=file, title=title, dated=dated, position=last + 1)
    remember_why(beside, "", by=by)
    beside.save()
    return beside


@transaction.atomic
def take_away(beside: AnnexFile, *, by: User) -> None:
    """Take a file away from the draft; versions that have been submitted keep it.

    Raises TransitionRefused with the policy's verdict.
    """
    if not (verdict := may_lay_beside(by, _locked(beside.annex))):
        raise TransitionRefused(verdict)
    remember_why(beside, "", by=by)
    beside.delete()


def _locked(annex: Annex) -> Annex:
    return Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
