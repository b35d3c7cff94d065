"""Lists of versions and decisions say which they are and when; the texts are fetched where one is read."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.forms.ending import EndingForm
from agreements.models import Annex
from agreements.rights import today
from agreements.selectors.annexes import reading_for, versions_of
from agreements.states import ProposalStatus
from tests.factories import World, decide, decided_before, proposal_at, submit

TEXTS = {"content", "plain_text", "ids"}


def fetched(asked: CaptureQueriesContext) -> set[str]:
    """The columns with texts that the queries have returned or compared."""
    return {column for column in TEXTS for query in asked if f'"agreements_revision"."{column}"' in query["sql"]}


def three_versions(world: World) -> Annex:
    """Two decided versions of annex 1, and one that is on its way."""
    decided_before(world, "1", today() - timedelta(days=9))
    decide(world)
    proposal_at(world, ProposalStatus.IN_PREPARATION)
    return Annex.objects.select_related("agreement").get(pk=world.picture.pk)


def test_all_that_the_list_of_versions_shows_takes_one_query_and_no_text(world: World) -> None:
    annex = three_versions(world)
    versions_of(world.anna, annex)

    with CaptureQueriesContext(connection) as asked:
        versions = versions_of(world.anna, annex)
        for version in versions:
            version.get_absolute_url()
            version.proposal.get_status_display()
        decided = [version.number for version in versions if hasattr(version, "decision")]

    assert [version.number for version in versions] == [3, 2, 1]
    assert decided == [2, 1]
    assert len(asked) == 1
    assert fetched(asked) == set()
    assert all(version.get_deferred_fields() == TEXTS for version in versions)


def test_a_reader_is_listed_what_was_decided_and_somebody_else_nothing(world: World) -> None:
    annex = three_versions(world)

    assert [version.number for version in versions_of(world.reader, annex)] == [2, 1]
    assert versions_of(world.cia, annex) == []


def test_the_newest_version_is_read_with_its_text_where_nothing_is_in_force(world: World) -> None:
    revision = submit(world).revision

    with CaptureQueriesContext(connection) as asked:
        reading = reading_for(world.anna, world.picture, today())

    assert reading is not None
    assert (reading.revision, reading.document) == (revision, revision.document)
    assert not [query for query in asked if query["sql"].startswith('SELECT DISTINCT "agreements_revision"')]


def test_the_latest_decisions_of_an_agreement_are_listed_without_their_texts(world: World) -> None:
    decide(world)
    client = Client()
    client.force_login(world.anna)

    decisions = client.get(world.agreement.get_absolute_url()).context["decisions"]

    assert [decision.revision.get_deferred_fields() for decision in decisions] == [TEXTS]


def test_the_choice_of_the_decision_that_ends_an_annex_takes_no_text(world: World) -> None:
    decision = decide(world)
    annex = Annex.objects.get(pk=world.picture.pk)

    with CaptureQueriesContext(connection) as asked:
        page = str(EndingForm(annex=annex)["decision"])

    assert str(decision) in page
    assert fetched(asked) == set()
