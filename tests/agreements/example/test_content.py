import re
from datetime import date, timedelta

import pytest

from agreements.documents.text import plain
from agreements.example.content import load_example
from agreements.example.shapes import Agreement, Example, Version
from agreements.models.group import GroupKind
from agreements.models.organisation import OrganisationKind, validate_org_number
from agreements.permissions import Capacity, Role
from agreements.states import AnnexKind, ProposalStatus
from tests.agreements.example.conftest import TODAY
from tests.agreements.example.reading import NOTE

DAYS = [TODAY, date(2026, 12, 27), date(2027, 1, 1), date(2028, 2, 29), date(2031, 8, 2)]
FICTION = re.compile(r"08-465 004 \d\d|070-174 06 (0[5-9]|[1-9]\d)|112|114 14")
GROUP_FIELDS = [
    "goal", "period", "meeting_frequency", "convener", "municipality_contact", "municipality_participants",
    "municipality_commitment", "police_contact", "police_participants", "police_commitment", "other_participants",
    "funding", "communication", "follow_up",
]  # fmt: skip


def newest(agreement: Agreement) -> dict[str, Version]:
    return {annex.number: annex.versions[-1] for annex in agreement.annexes if annex.versions}


def test_kinds_roles_and_states_are_those_of_the_portal(example: Example) -> None:
    assert {organisation.kind for organisation in example.organisations} <= set(OrganisationKind.values)
    for agreement in example.agreements:
        assert {annex.kind for annex in agreement.annexes} <= set(AnnexKind.values)
        assert {group.kind for group in agreement.groups} <= set(GroupKind.values)
        assert {holder.role for holder in agreement.role_holders} <= set(Role.values)
        assert {seat.capacity for group in agreement.groups for seat in group.seats} <= set(Capacity.values)
        statuses = {version.status for annex in agreement.annexes for version in annex.versions}
        assert statuses <= set(ProposalStatus.values)


def test_every_name_inside_the_example_is_somebody(example: Example) -> None:
    organisations = {organisation.key for organisation in example.organisations}
    accounts = {account.local for account in example.accounts}
    for agreement in example.agreements:
        parties = {party.key for party in agreement.parties}
        seats = [seat for group in agreement.groups for seat in group.seats]
        versions = [version for annex in agreement.annexes for version in annex.versions]
        assert {party.organisation for party in agreement.parties} <= organisations
        assert {seat.organisation for seat in seats} | {p.organisation for p in agreement.participants} <= {
            "", *organisations,
        }  # fmt: skip
        assert {seat.party for seat in seats} | {contact.party for contact in agreement.contacts} <= {"", *parties}
        assert {seat.account for seat in seats} <= {"", *accounts}
        assert {holder.account for holder in agreement.role_holders} <= accounts
        assert {name for v in versions for name in (v.submitted_by, *v.forwarded_by, *v.assents)} <= accounts
        assert {comment.author for comment in agreement.comments} <= accounts
        assert {v.returned_by for v in versions} <= {"", *accounts}


def test_organisation_and_registry_numbers_have_the_right_form(example: Example) -> None:
    known = {organisation.key: organisation for organisation in example.organisations}
    for organisation in example.organisations:
        if organisation.org_number:
            validate_org_number(organisation.org_number)
            assert organisation.org_number not in ("212000-0142", "202100-0076")
    for agreement in example.agreements:
        for party in agreement.parties:
            assert re.fullmatch(known[party.organisation].registry_number_pattern, party.registry_number)


def test_phones_and_mails_come_from_the_ranges_for_fiction(example: Example) -> None:
    for agreement in example.agreements:
        for contact in agreement.contacts:
            assert contact.phone or contact.mobile
            assert all(FICTION.fullmatch(number) for number in (contact.phone, contact.mobile) if number)
            assert not contact.email or contact.email.endswith("@example.se")


def test_example_accounts_are_all_there(example: Example) -> None:
    assert {account.local for account in example.accounts} == {
        "samordnare-kommun", "samordnare-polis", "arbetsgrupp", "kommunikator-kommun", "kommunikator-polis",
        "beredning-kommun", "beredning-polis", "styrgrupp-kommun", "styrgrupp-polis", "undertecknare-kommun",
        "undertecknare-polis", "registrator-kommun", "registrator-polis", "lasare", "central", "admin", "granne",
    }  # fmt: skip


def test_neighbour_decides_elsewhere_and_has_nothing_in_the_large_agreement(example: Example) -> None:
    def holders(agreement: Agreement) -> set[tuple[str, str]]:
        return {(seat.account, seat.capacity) for group in agreement.groups for seat in group.seats}

    assert ("granne", "decision_maker") in holders(example.agreement("ekhamra"))
    centrum = example.agreement("norrvik-centrum")
    assert "granne" not in {account for account, _ in holders(centrum)} | {h.account for h in centrum.role_holders}


def test_each_party_has_a_decision_maker_in_the_steering_group(example: Example) -> None:
    for agreement in example.agreements:
        for group in agreement.groups:
            if group.kind == GroupKind.STEERING:
                deciding = {seat.party for seat in group.seats if seat.capacity == Capacity.DECISION_MAKER}
                assert deciding == {party.key for party in agreement.parties}


def test_one_seat_of_the_steering_group_is_vacant(centrum: Agreement) -> None:
    steering = next(group for group in centrum.groups if group.kind == GroupKind.STEERING)
    assert [seat.key for seat in steering.seats if seat.is_vacant] == ["bostader"]


def test_every_state_worth_seeing_is_there(centrum: Agreement) -> None:
    found = {number: version.status for number, version in newest(centrum).items()}
    assert found == {
        "0": "referred_back", "1": "proposed", "2": "in_preparation", "3a": "proposed", "3b": "proposed",
        "3c": "decided", "3d": "proposed", "4": "proposed",
    }  # fmt: skip
    assert [version.status for version in centrum.annex("1").versions] == ["decided"] * 3 + ["proposed"]


def test_matter_holds_the_five_that_are_before_the_steering_group(centrum: Agreement) -> None:
    (matter,) = centrum.matters
    assert list(matter.annexes) == [n for n, v in newest(centrum).items() if v.status == ProposalStatus.PROPOSED]
    assert len(matter.annexes) == 5


def test_referral_back_has_a_reason_and_a_day(centrum: Agreement) -> None:
    version = newest(centrum)["0"]
    assert version.returned_by
    assert version.forwarded_on
    assert version.returned_on
    assert version.forwarded_on < version.returned_on < TODAY
    assert len(version.return_reason) > 100


def test_what_is_proposed_says_what_it_means_for_each_party(example: Example) -> None:
    for agreement in example.agreements:
        for annex in agreement.annexes:
            for version in annex.versions:
                assert 0 < len(version.proposed_decision) <= 500
                if not (version.is_registered_afterwards or version.method == "signing" or version.number == 1):
                    assert set(version.consequences) == {party.key for party in agreement.parties}
                    assert version.change_summary


def test_quotes_stand_in_the_sections_that_are_commented(centrum: Agreement) -> None:
    assert len(centrum.comments) >= 8
    for comment in centrum.comments:
        version = centrum.annex(comment.annex).versions[comment.version - 1]
        assert version.number == comment.version
        section = version.text.section(comment.section)
        assert comment.quote in plain(NOTE.sub("", section.body)).replace("\u00a0", " ")


def test_comments_are_answered_resolved_and_asked_before_the_decision(centrum: Agreement) -> None:
    assert any(comment.answers for comment in centrum.comments)
    assert any(comment.is_question and not comment.answers for comment in centrum.comments)
    assert any(comment.resolved_on and comment.resolved_by for comment in centrum.comments)
    assert any(not comment.quote for comment in centrum.comments)


def test_sheets_have_two_fields_of_the_area_and_fourteen_per_group(example: Example) -> None:
    for agreement in example.agreements:
        groups = {group.key for group in agreement.groups}
        for annex in agreement.annexes:
            assert bool(annex.area) == (annex.kind == AnnexKind.ACTION_PLAN)
            for sheet in (version.text.sheet for version in annex.versions if version.text.sheet):
                assert [value.field for value in sheet.area_values] == ["overall_goal", "situational_picture"]
                for column in sheet.columns:
                    assert [value.field for value in column.values] == GROUP_FIELDS
                    assert column.group in groups
                    assert column.ends_on or column.end_condition


def test_sheets_stand_with_groups_side_by_side_and_with_commitments_of_both_parties(centrum: Agreement) -> None:
    columns = {n: v.text.sheet.columns for n, v in newest(centrum).items() if v.text.sheet}
    assert {number: len(found) for number, found in columns.items()} == {"3a": 2, "3b": 2, "3c": 1, "3d": 1}
    for found in columns.values():
        for column in found:
            assert [v.party for v in column.values if v.commitments] == ["kommun", "polis"]


def test_open_points_have_an_owner_and_a_day_to_come(centrum: Agreement) -> None:
    for number in ("3a", "3d"):
        version = newest(centrum)[number]
        assert version.text.sheet
        points = [v for column in version.text.sheet.columns for v in column.values if v.is_open]
        assert [plain(point.html) for point in points] == ["Bestäms senare"]
        assert all(point.due_on and point.due_on > TODAY for point in points)


def test_commitments_keep_their_names_from_version_to_version(centrum: Agreement) -> None:
    for number in ("3a", "3b", "3c", "3d"):
        *_, before, after = (keys(version) for version in centrum.annex(number).versions)
        assert before & after
        assert before != after


def keys(version: Version) -> set[tuple[str, str]]:
    assert version.text.sheet
    return {
        (column.key, commitment.key)
        for column in version.text.sheet.columns
        for value in column.values
        for commitment in value.commitments
    }


def test_agreement_text_says_the_day_it_applies_from(example: Example) -> None:
    for slug in ("norrvik-centrum", "ekhamra"):
        agreement = example.agreement(slug)
        months = "januari februari mars april maj juni juli augusti september oktober november december".split()
        day = agreement.starts_on
        written = f"{day.day} {months[day.month - 1]} {day.year}"
        assert written in plain(agreement.annex("0").versions[0].text.section("tid").body)
    parent = example.agreement("norrvik-overgripande").signing.signed_on
    assert f"{parent.day} " in plain(
        example.agreement("norrvik-centrum").annex("0").versions[0].text.section("bakgrund").body
    )


@pytest.mark.parametrize("today", DAYS)
def test_days_are_in_order_whatever_day_it_is(today: date) -> None:
    for agreement in load_example(today).agreements:
        assert agreement.signing.signed_on < agreement.starts_on
        for annex in agreement.annexes:
            begins: list[date] = []
            for version in annex.versions:
                met = [version.submitted_on, version.forwarded_on, version.decided_on]
                days = [day for day in met if day]
                assert days == sorted(days)
                assert all(day <= today and day.weekday() < 5 for day in days)
                if version.status == ProposalStatus.DECIDED:
                    assert version.decided_on
                    assert version.effective_from
                    assert version.decided_on <= version.effective_from
                    begins.append(version.effective_from)
            assert begins == sorted(set(begins))


@pytest.mark.parametrize("today", DAYS)
def test_something_is_overdue_something_waits_and_a_meeting_comes_whatever_day_it_is(today: date) -> None:
    example = load_example(today)
    centrum, ekhamra = example.agreement("norrvik-centrum"), example.agreement("ekhamra")
    a_year_ago = today - timedelta(days=366)
    assert in_force_since(ekhamra, "1", today) < a_year_ago
    assert in_force_since(centrum, "1", today) > a_year_ago
    waiting = centrum.annex("3c").versions[-1].effective_from
    assert waiting
    assert waiting > today
    meeting = next(group.next_meeting_on for group in centrum.groups if group.kind == GroupKind.STEERING)
    assert meeting == centrum.matters[0].answer_wanted_by
    assert meeting
    assert today < meeting


def in_force_since(agreement: Agreement, number: str, today: date) -> date:
    return max(
        v.effective_from for v in agreement.annex(number).versions if v.effective_from and v.effective_from <= today
    )


def test_same_day_gives_the_same_example(example: Example) -> None:
    assert load_example(TODAY) == example
