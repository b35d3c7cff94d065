"""An agreement and annex made for a Word file that has none yet: for trying out, and for moving in."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.documents.word_import.text import WordText
from agreements.models import Agreement, Annex, Organisation, OrganisationKind
from agreements.rights import today
from agreements.states import AnnexKind
from agreements.workflow.agreement import PartyFacts, create_agreement
from agreements.workflow.annex import write_annex, write_template

NUMBER = re.compile(r"(?P<digits>0|[1-9][0-9]{0,2})(?P<letter>[a-zåäö]?)")
KINDS = {
    "0": AnnexKind.AGREEMENT_TEXT,
    "1": AnnexKind.SITUATIONAL_PICTURE,
    "2": AnnexKind.COOPERATION_STRUCTURE,
    "4": AnnexKind.COMMUNICATION_PLAN,
    "5": AnnexKind.OVERARCHING_AGREEMENT,
}
ACTION_PLANS = "3"
TITLE_LENGTH = 250


def kind_of(number: str) -> AnnexKind | None:
    """What the annex of that number usually is (R9): 3, 3a, 3b … are action plans. None when it is no number."""
    match = NUMBER.fullmatch(number)
    if match is None or number.startswith("0") and match["letter"]:
        return None
    if match["digits"] == ACTION_PLANS:
        return AnnexKind.ACTION_PLAN
    return KINDS.get(number, AnnexKind.OTHER)


@transaction.atomic
def write_example_agreement(slug: str, word: WordText) -> Agreement:
    """Make an agreement between two example organisations, complete enough to be submitted, without asking who
    does it. It is called what the file calls itself when that is an agreement's name."""
    with translation.override(settings.LANGUAGE_CODE):
        kommun = _organisation(_("The example municipality"), OrganisationKind.MUNICIPALITY)
        polis = _organisation(_("The example local police area"), OrganisationKind.LOCAL_POLICE_AREA)
        named = next((name for name in (word.title, word.properties.title) if "överenskommelse" in name.lower()), "")
        title = named or _("Local cooperation agreement %(slug)s") % {"slug": slug}
    number = f"EX {today().year}"
    parties = [PartyFacts(kommun, "Kommunen", f"{number}/1"), PartyFacts(polis, "Polisen", f"{number}/2")]
    return create_agreement(slug=slug, title=title[:TITLE_LENGTH], parties=parties)


def _organisation(name: str, kind: OrganisationKind) -> Organisation:
    found = Organisation.objects.filter(name=name, kind=kind).first()
    return found or Organisation.objects.create(name=name, kind=kind)


def write_annex_for(agreement: Agreement, number: str, kind: AnnexKind, word: WordText) -> Annex:
    """Make the annex that the file is to be taken into: its template, and the file's title in the list of annexes."""
    with translation.override(settings.LANGUAGE_CODE):
        usual = str(kind.label)
    title = word.title or word.properties.title or usual[:1].upper() + usual[1:]
    annex = write_annex(agreement, kind, number=number, title=title[:TITLE_LENGTH], by=None)
    write_template(annex, by=None)
    return annex
