"""A matter as printed: what is asked, what a yes means for each party, and what would change; to read offline.

It says what the decision page says, to every reader alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import GroupKind, Matter, Party, Proposal
from agreements.pdf.filling import imprint
from agreements.pdf.filling_redline import printed_redline
from agreements.pdf.printed import PrintedMatter, PrintedMeaning, PrintedPart
from agreements.rights import today
from agreements.selectors.annexes import of_revision
from agreements.selectors.decision_basis import Basis, CommitmentChange, basis_of, previous
from agreements.selectors.matter import answers_wanted
from agreements.selectors.wording import Wording, wording_of
from agreements.states import FixedBy


def printed_matter(matter: Matter) -> PrintedMatter:
    """The matter with its parts in the order of the annexes."""
    agreement = matter.agreement
    rows = list(matter.proposals.select_related("revision__annex", "annex__agreement").order_by("annex__sort_key"))
    steering = agreement.governing_groups.filter(kind=GroupKind.STEERING).first()
    meeting = steering.next_meeting_on if steering else None
    return PrintedMatter(
        imprint=imprint(agreement, timezone.localdate()),
        title=matter.title,
        dated=timezone.localdate(),
        parts=tuple(_part(proposal) for proposal in rows),
        together=_("The parts of the matter are decided together and go back together.")
        if matter.is_bound_together
        else _("The parts are decided one by one, or all at once."),
        answer_by=tuple(answers_wanted(rows)),
        meeting_on=meeting if meeting and meeting >= today() else None,
    )


def _part(proposal: Proposal) -> PrintedPart:
    before, wording = previous(proposal), wording_of(proposal)
    new = of_revision(proposal.revision, today())
    old = of_revision(before, today()) if before else None
    basis = basis_of(old.document if old else None, new.document, proposal.annex.agreement)
    consequences = {consequence.party_id: consequence.text for consequence in proposal.consequences.all()}
    parties = proposal.annex.agreement.parties.select_related("organisation").prefetch_related("organisation__names")
    return PrintedPart(
        asked=wording.text,
        applies=_applies(proposal, wording),
        status=str(proposal.get_status_display()),
        parties=tuple(
            (party.organisation.name_on(today()), meanings)
            for party in parties
            if (meanings := tuple(_for_party(party, consequences.get(party.pk, ""), basis)))
        ),
        common=tuple(_for_all(basis)),
        redline=printed_redline(old, new, proposed=wording.text, prefix=f"p{proposal.pk}-"),
    )


def _applies(proposal: Proposal, wording: Wording) -> str:
    """From when, and whether signatures are needed."""
    is_signed = proposal.annex.fixed_by == FixedBy.SIGNATURES
    sentences = []
    if day := wording.day or proposal.proposed_effective_from:
        sentences.append(_("Applies from %(day)s.") % {"day": date_format(day, "j F Y")})
    elif not is_signed:
        sentences.append(_("Applies from the day of the decision."))
    if is_signed:
        sentences.append(_("After the steering group's yes the text is signed by all parties."))
    return " ".join(sentences)


def _for_party(party: Party, consequence: str, basis: Basis) -> Iterator[PrintedMeaning]:
    """The submitter's words, and what the party would take on, change and leave."""
    if consequence:
        yield PrintedMeaning("", consequence)
    for change in basis.commitments:
        if change.party == party:
            yield _commitment(change)


def _commitment(change: CommitmentChange) -> PrintedMeaning:
    words = {"new": _("New commitment:"), "changed": _("Changed commitment:"), "dropped": _("Dropped commitment:")}
    text = f"{change.text} ({change.label})" if change.label else change.text
    return PrintedMeaning(words[change.kind], text, change.was if change.kind == "changed" else "")


def _for_all(basis: Basis) -> Iterator[PrintedMeaning]:
    """Commitments that nobody knows whose they are, money, and what is still open."""
    yield from (_commitment(change) for change in basis.commitments if change.party is None)
    for change in basis.funding:
        yield PrintedMeaning(f"{change.label}:", change.text or "–", change.was)
    for point in basis.open_points:
        yield PrintedMeaning(_("Open point:"), f"{point.label}: {point.text}")
