"""The real agreement of Östermalm, all of it: taken in by one command per file, decided, in force, printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from agreements.models import Agreement, Annex, Decision, Party
from agreements.permissions import Capacity, Role
from agreements.rights import today
from agreements.selectors.findings import findings
from agreements.states import AnnexKind
from agreements.workflow import proposal as moves
from agreements.workflow.registration import confirm_signed, register_signed
from agreements.workflow.revision import Submission, submit_matter
from agreements.workflow.section import save_section
from agreements.workflow.signing import SignatoryFacts
from samverkan.accounts.models import User
from tests.agreements.documents.word_import.oracle import words, words_of_file
from tests.agreements.management.test_real_documents import FILES, MANIFEST, docx, imported, number_of
from tests.agreements.pdf.reading_back import pages_of
from tests.factories import as_
from tests.factories.agreements import make_user, seat_in
from tests.plumbing.real import needs_real

pytestmark = [needs_real, pytest.mark.django_db, pytest.mark.timeout(300)]
SLUG = "ostermalm"
SIGNED, VALID = date(2020, 2, 21), date(2020, 2, 29)
OURS = [name for name in FILES if name.startswith("003_")]


@dataclass
class Ostermalm:
    agreement: Agreement
    kommun: Party
    polis: Party
    coordinator: User
    other_coordinator: User


@pytest.fixture
def ostermalm() -> Ostermalm:
    """All seven texts in one agreement, with a coordinator for each party, and the missing description written."""
    for name in OURS:
        imported(name, SLUG)
    agreement = Agreement.objects.get(slug=SLUG)
    kommun, polis = agreement.parties.all()
    found = Ostermalm(agreement, kommun, polis, make_user("Samordnare kommun"), make_user("Samordnare polis"))
    seat_in(agreement, Role.COORDINATOR, found.coordinator, kommun)
    seat_in(agreement, Role.COORDINATOR, found.other_coordinator, polis)
    for section in agreement.annexes.get(number="1").sections.filter(body__contains='data-alt=""'):
        body = section.body.replace('data-alt=""', 'data-alt="Karta över stadsdelen"')
        save_section(section, heading=section.heading, body=body, version=section.version, by=found.coordinator)
    return found


def annexes(found: Ostermalm, *without: str) -> list[Annex]:
    return list(found.agreement.annexes.select_related("agreement").exclude(number__in=without).order_by("sort_key"))


def print_all(folder: Path) -> list[str]:
    call_command("export_pdf", SLUG, out=folder / "ut.pdf")
    return pages_of((folder / "ut.pdf").read_bytes())


def test_seven_files_make_one_agreement(ostermalm: Ostermalm) -> None:
    found = [(annex.number, annex.kind) for annex in annexes(ostermalm)]
    plans = [(f"3{letter}", AnnexKind.ACTION_PLAN) for letter in "abcd"]
    assert found == [
        ("0", AnnexKind.AGREEMENT_TEXT),
        ("1", AnnexKind.SITUATIONAL_PICTURE),
        *plans,
        ("4", AnnexKind.COMMUNICATION_PLAN),
    ]
    assert "Östermalms stadsdelsförvaltning" in ostermalm.agreement.title
    for annex in annexes(ostermalm):
        assert [f for f in findings(annex) if f.severity == "error"] == []


def test_every_action_plan_is_a_sheet_with_what_is_still_open(ostermalm: Ostermalm) -> None:
    found = 0
    for annex in annexes(ostermalm, "0", "1", "4"):
        (section,) = annex.sections.filter(is_left_out=False)
        labels = [field.label for field in section.sheet.fields.all()]
        truth = MANIFEST[f"003_{annex.number}_atgardsplan.md"]["tables"]
        assert labels == [*truth[0]["first_column"], *truth[1]["first_column"]]
        values = [value for field in section.sheet.fields.all() for value in field.values.all()]
        wanted = [v.html for v in values if re.fullmatch(r"<p>[^<.]*senare\.?</p>", v.html)]
        assert [value.html for value in values if value.is_to_be_decided] == wanted
        found += len(wanted)
    assert found > 0


def test_signed_together_it_is_in_force_from_its_own_day_and_printed_whole(
    ostermalm: Ostermalm, tmp_path: Path
) -> None:
    signatures = [
        (SignatoryFacts(ostermalm.kommun, "Direktör", "Stadsdelsdirektör"), SIGNED, "Stockholm"),
        (SignatoryFacts(ostermalm.polis, "Chef", "Lokalpolisområdeschef"), SIGNED, "Stockholm"),
    ]
    manifest = register_signed(
        ostermalm.agreement, annexes(ostermalm), signatures=signatures, effective_from=VALID, by=ostermalm.coordinator
    )
    confirm_signed(manifest, by=ostermalm.other_coordinator)
    decided = {decision.annex.number: decision for decision in Decision.objects.select_related("annex", "revision")}
    assert {(d.decided_on, d.effective_from) for d in decided.values()} == {(SIGNED, VALID)}
    for name in OURS:
        text = decided[number_of(name)].revision.plain_text
        title = MANIFEST[name]["title_in_source"]
        wanted = words_of_file(docx(name).read_bytes())
        assert words(text)[-len(wanted) :] == wanted, (name, title)
    assert_in_force_from_its_day(ostermalm)
    pages = print_all(tmp_path)
    printed = " ".join(pages)
    assert len(pages) > 15
    for name in OURS:
        for heading in MANIFEST[name]["headings"]:
            assert " ".join(heading["text"].split()) in printed
    assert "Bilaga 3d" in printed
    assert printed.count("Bestäms senare") == sum(
        decision.revision.plain_text.count("Bestäms senare") for decision in decided.values()
    )


def assert_in_force_from_its_day(found: Ostermalm) -> None:
    """On 28 February 2020 nothing applied, on the page nor in print; on 29 February all seven texts did."""
    client, address = as_(found.coordinator), found.agreement.get_absolute_url()
    before, page = (client.get(address, {"den": day.isoformat()}) for day in (VALID - timedelta(days=1), VALID))
    assert before.context["status"] == "decided_later"
    assert [row for row in (before.context["text"], *before.context["rows"]) if row.decision is not None] == []
    assert all(row.coming.effective_from == VALID for row in (before.context["text"], *before.context["rows"]))
    assert "Fastställd 21 februari 2020" not in before.content.decode()
    assert page.context["status"] == "in_force"
    shown = page.content.decode()
    assert "Gäller sedan 29 februari 2020, tills vidare." in shown
    assert shown.count("Fastställd 21 februari 2020 (version 1)") == len(OURS)
    assert (
        client.get(
            reverse("agreements:agreement_print", args=[SLUG]), {"den": (VALID - timedelta(days=1)).isoformat()}
        ).status_code
        == 404
    )
    for annex in annexes(found):
        text, earlier = (
            client.get(annex.get_absolute_url(), {"den": day.isoformat()}) for day in (VALID, VALID - timedelta(days=1))
        )
        assert "gäller från 29 februari 2020" in text.content.decode()
        assert "Inget gällde den 28 februari 2020" in earlier.content.decode()
    response = client.get(reverse("agreements:agreement_print", args=[SLUG]), {"den": VALID.isoformat()})
    cover, *rest = pages_of(response.content)
    assert "Gällande den 29 februari 2020" in cover
    assert all("Fastställd 2020-02-21, version 1" in page for page in rest)


def test_a_spring_of_annexes_goes_as_one_matter_to_the_steering_group(ostermalm: Ostermalm) -> None:
    seats = [(Role.PREPARATORY, Capacity.ORDINARY), (Role.STEERING, Capacity.DECISION_MAKER)]
    people: dict[Role, list[User]] = {}
    for role, capacity in seats:
        for party in (ostermalm.kommun, ostermalm.polis):
            person = make_user()
            seat_in(ostermalm.agreement, role, person, party, capacity)
            people.setdefault(role, []).append(person)
    submissions = [
        Submission(annex, "Hela texten är ny.", f"Styrgruppen fastställer {annex}."[:500], warnings_answered=True)
        for annex in annexes(ostermalm, "0")
    ]
    matter = submit_matter(submissions, title="Våren 2020", by=ostermalm.coordinator)
    for proposal in matter.proposals.all():
        for person in people[Role.PREPARATORY]:
            moves.forward(proposal, by=person)
        for person in people[Role.STEERING]:
            moves.give_assent(proposal, by=person)
    assert Decision.objects.filter(effective_from=today()).count() == 6
