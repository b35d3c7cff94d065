from agreements.selectors.work_item import named
from agreements.selectors.worklist import worklist
from agreements.states import AnnexKind, ProposalStatus
from tests.factories import World, decide, proposal_at


def test_a_row_about_a_version_names_its_text_once(world: World) -> None:
    proposal = proposal_at(world, ProposalStatus.PROPOSED)

    [item] = worklist(world.anna)

    assert f"{item.what} {item.line}".count(proposal.annex.title) == 1
    assert item.line == world.agreement.title


def test_a_row_about_the_agreements_own_text_names_the_agreement_once(world: World) -> None:
    text = world.agreement.annexes.get(kind=AnnexKind.AGREEMENT_TEXT)

    assert named(text) == named(None) == ""
    assert named(world.picture) == str(world.picture)


def test_what_is_due_names_its_annex(world: World) -> None:
    world.agreement.review_months = 1
    world.agreement.save()
    decide(world)

    lines = {item.line for item in worklist(world.coordinator)}

    assert lines <= {f"{world.picture} · {world.agreement.title}", world.agreement.title}
    assert f"{world.picture} · {world.agreement.title}" in lines
