"""The example, loaded: what a visitor of the demo finds."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Max, Min
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from agreements.documents.text import to_text
from agreements.example.content import load_example
from agreements.management.demo.loading import load, load_once
from agreements.management.demo.moment import moment
from agreements.models import Agreement, Annex, Proposal
from agreements.pdf.filling import printed_manifest
from agreements.rights import today
from agreements.selectors.annexes import in_force_decision
from agreements.selectors.as_it_was import as_it_was, contacts_of
from agreements.selectors.groups import groups_of
from agreements.selectors.history import agreement_history, annex_history
from agreements.states import ProposalStatus
from communication.models import Delivery, Notice
from communication.states import DeliveryStatus
from samverkan.accounts.models import User


@pytest.fixture(scope="module")
def centrum(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agreement]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(today())
        yield Agreement.objects.get(slug="norrvik-centrum")
        transaction.set_rollback(True)


def text_in_force(annex: Annex) -> str:
    decision = in_force_decision(annex, today())
    assert decision
    return to_text(decision.revision.document)


def test_texts_name_the_groups_and_annexes_of_their_own_time(centrum: Agreement) -> None:
    structure = text_in_force(centrum.annexes.get(number="2"))
    assert "Stationsgruppen" in structure
    assert "Kajgruppen" not in structure
    agreement = text_in_force(centrum.annexes.get(number="0"))
    assert "Bilaga 3c" in agreement
    assert "Bilaga 3d" not in agreement
    assert "Kajgruppen" in to_text(centrum.annexes.get(number="2").revisions.get(number=2).document)


def test_the_signing_lists_the_overarching_agreement_that_annex_5_follows(centrum: Agreement) -> None:
    manifest = centrum.manifests.get()
    above = manifest.entries.get(stands_as__number="5")
    assert above.revision.annex.agreement == centrum.parent
    assert above.revision.decision.effective_from <= manifest.effective_from
    assert str(above).startswith("Bilaga 5 Övergripande samverkansöverenskommelse")
    labels = {line.label for line in printed_manifest(manifest).manifest}
    assert "Bilaga 5" in labels


def test_what_is_before_the_steering_group_says_from_which_day_it_would_apply(centrum: Agreement) -> None:
    proposed = Proposal.objects.filter(annex__agreement=centrum, status=ProposalStatus.PROPOSED)
    (day,) = {proposal.proposed_effective_from for proposal in proposed}
    assert day
    assert day > today()
    assert len(proposed) == 5


def test_people_have_been_told_what_happened_and_no_letter_waits(centrum: Agreement) -> None:
    told = {user.email for user in User.objects.filter(notices__isnull=False)}
    untold = {user.email for user in User.objects.all()} - told
    assert untold == {"admin@example.se", "lasare@example.se"}
    for email in ("styrgrupp-kommun", "beredning-polis", "samordnare-kommun", "arbetsgrupp", "registrator-polis"):
        notices = Notice.objects.filter(recipient__email=f"{email}@example.se")
        assert notices.filter(reading__isnull=True).exists()
        assert notices.filter(reading__isnull=False).exists()
    assert set(Delivery.objects.values_list("status", flat=True)) == {DeliveryStatus.SENT}
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_the_history_tells_the_story_and_not_the_loading() -> None:
    """Loaded as it would have been a month ago: nothing in it happened later, nor before its first text."""
    day = today() - timedelta(days=30)
    begun = load_example(day).agreements[0].first_version.submitted_on
    load(day)
    found = {
        model.__name__: model._default_manager.aggregate(first=Min("history_date"), last=Max("history_date"))
        for model in apps.get_models()
        if hasattr(model, "history_date") and model._default_manager.exists()
    }

    assert len(found) > 15
    assert {name for name, times in found.items() if times["first"] < moment(begun, 0)} == set()
    assert {name for name, times in found.items() if times["last"] > moment(day, 23)} == set()


def test_whoever_did_something_in_the_story_is_named(centrum: Agreement) -> None:
    reader = User.objects.get(email="samordnare-polis@example.se")
    for page in (agreement_history(centrum, reader), *(annex_history(row, reader) for row in centrum.annexes.all())):
        assert page.events
        assert {event.what for event in page.events if event.who == "Portalen"} == set()
    assert centrum.history.earliest().history_user == User.objects.get(email="admin@example.se")


def test_a_past_day_of_the_example_has_those_who_were_there(centrum: Agreement) -> None:
    """Kajgruppen and its people came with the second year's plans."""
    day = centrum.governing_groups.get(name="Kajgruppen").starts_on
    assert day is not None
    names = [[view.group.name for view in groups_of(centrum, on)] for on in (day - timedelta(days=1), day)]
    assert "Kajgruppen" not in names[0]
    assert "Kajgruppen" in names[1]
    then = as_it_was(centrum, day)
    assert then.until == moment(day + timedelta(days=1), 0)
    assert contacts_of(then)


@pytest.mark.django_db
def test_the_example_is_loaded_once() -> None:
    assert load_once(today())
    agreements = Agreement.objects.count()
    assert not load_once(today())
    assert Agreement.objects.count() == agreements
