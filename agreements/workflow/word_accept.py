"""Accepting what a text names: it becomes a row in the register, one by one, by a coordinator."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from agreements.documents.sanitise import clean_rich_text
from agreements.documents.word_import.heading_words import plain_heading
from agreements.models import Annex, GroupKind, PriorityArea, Section, Source
from agreements.policies.agreement import may_manage
from agreements.policies.annex import may_edit
from agreements.workflow.group import create_group
from agreements.workflow.order import ancestors, branch_end
from agreements.workflow.priority_area import TITLE_LENGTH, add_area, save_area, set_left_out
from agreements.workflow.seat import add_seat
from agreements.workflow.section import touch
from agreements.workflow.structure import leave_out
from agreements.workflow.word_proposals import AREAS, Offer, group_for, missing_functions, party_for, proposals_for
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused

FUNCTION_LENGTH, SOURCE_LENGTH = 200, 250
ADDRESS = re.compile(r"(?P<street>.*?),?\s*(?P<code>\d{3}\s?\d{2})\s+(?P<city>.+)")


@transaction.atomic
def accept(annex: Annex, key: str, *, title: str, by: User) -> Offer:
    """Write what is offered under ``key`` in its register, and return the offer. An area that is moved there may be
    called otherwise (``title``); everything else is called what the text calls it, and can be renamed there.

    Raises TransitionRefused: not a coordinator, not a writer of the annex, or the text does not say it any more.
    """
    annex = Annex.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=annex.pk)
    for verdict in (may_manage(by, annex.agreement), may_edit(by, annex)):
        if not verdict:
            raise TransitionRefused(verdict)
    offer = next((offer for offer in proposals_for(annex) if offer.key == key and offer.is_open), None)
    if offer is None:
        raise TransitionRefused(refused("no_offer", _("This has been accepted already, or the text has changed.")))
    title = (title.strip() if offer.is_moved else "") or offer.title
    WRITERS[offer.kind](annex, offer, title, by)
    return offer


def _accept_area(annex: Annex, offer: Offer, title: str, by: User) -> None:
    title = Truncator(title).chars(TITLE_LENGTH)
    if offer.is_moved:
        _move_to_register(annex, offer.section, title, by)
    else:
        last = annex.agreement.priority_areas.aggregate(last=Max("position"))["last"] or 0
        area = PriorityArea(agreement=annex.agreement, title=title, position=last + 1)
        remember_why(area, _("Area added"), by=by)
        area.save()


def _move_to_register(annex: Annex, section: Section, title: str, by: User) -> None:
    """The section becomes the area's row, with its sub-sections as sub-headings of the description; it is printed
    in the same place from there, and the section itself is left out."""
    rows = list(annex.sections.filter(is_left_out=False))
    at = rows.index(section)
    parent = ancestors(rows, at)[0]
    parent.annex = annex
    _let_hold_areas(parent, by)
    description = _description(rows[at : branch_end(rows, at)])
    areas = PriorityArea.objects.filter(agreement=annex.agreement_id, part_of=None)
    known = next((area for area in areas if plain_heading(area.title) == plain_heading(title)), None)
    if known is None:
        add_area(parent, title=title, description=description, by=by)
    else:
        save_area(known, section=parent, title=title, description=description, version=known.version, by=by)
        set_left_out(known, section=parent, is_left_out=False, by=by)
    leave_out(section, by=by)


def _let_hold_areas(section: Section, by: User) -> None:
    """From now on the areas under this heading are those of the register. Those that stood there before are no
    part of this text until their own sections are accepted, so no word comes in that the text did not have."""
    if section.kind == AREAS:
        return
    section.kind, section.version = AREAS, section.version + 1
    touch(section, by=by)
    remember_why(section, _("The priority areas come from the register"), by=by)
    section.save()
    for area in PriorityArea.objects.filter(agreement=section.annex.agreement_id, is_left_out=False):
        set_left_out(area, section=section, is_left_out=True, by=by)


def _description(branch: Iterable[Section]) -> str:
    own, *below = branch
    parts = [f"<h4>{section.heading}</h4>{section.body}" for section in below]
    return clean_rich_text(own.body + "".join(parts))


def _accept_group(annex: Annex, offer: Offer, title: str, by: User) -> None:
    agreement = annex.agreement
    group = group_for(list(agreement.governing_groups.all()), offer.source)
    if group is None:
        group = create_group(agreement, GroupKind(offer.source.kind), name=title[:150], by=by)
    missing = missing_functions(group, offer.source)
    for position, function in enumerate(missing, start=group.seats.count() + 1):
        words = Truncator(function.text).chars(FUNCTION_LENGTH)
        add_seat(group, function=words, has_mandate=function.has_mandate, position=position, by=by)


def _accept_source(annex: Annex, offer: Offer, title: str, by: User) -> None:
    last = annex.agreement.sources.aggregate(last=Max("position"))["last"] or 0
    name = Truncator(title).chars(SOURCE_LENGTH)
    source = Source(agreement=annex.agreement, name=name, note=offer.source.note, position=last + 1)
    remember_why(source, _("Row added"), by=by)
    source.save()


def _accept_party(annex: Annex, offer: Offer, title: str, by: User) -> None:
    """Fill in what the portal does not know of the organisation; what it knows is left as it is."""
    party = party_for(list(annex.agreement.parties.select_related("organisation")), offer.source)
    if party is None:
        return
    organisation = party.organisation
    organisation.org_number = organisation.org_number or offer.source.organisation_number
    if not organisation.postal_address and (address := ADDRESS.fullmatch(offer.source.address)):
        organisation.postal_street, organisation.postal_code = address["street"].strip(), address["code"]
        organisation.postal_city = address["city"].strip()
    remember_why(organisation, _("Taken from the agreement's text"), by=by)
    organisation.save()


WRITERS = {"area": _accept_area, "group": _accept_group, "source": _accept_source, "party": _accept_party}
