"""An agreement calls things by words of its own (R166), everywhere the portal speaks of it and nowhere else."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation

from agreements.models import Agreement, Section, Task
from agreements.pdf.filling import printed_agreement, printed_annex
from agreements.pdf.filling_decision import printed_decision
from agreements.selectors.annexes import Reading
from agreements.selectors.deadlines import deadlines
from agreements.selectors.findings import findings
from agreements.selectors.section_page import guidance_for
from agreements.states import AnnexKind
from agreements.words import NOUNS, PORTAL, said, words_with
from agreements.workflow.annex import create_annex
from tests.agreements.test_annex_templates import OWN
from tests.factories import World, as_
from tests.factories.proposals import decide

if TYPE_CHECKING:
    from django.http import HttpResponse


@pytest.fixture
def own(world: World) -> World:
    """The same agreement, calling itself an "avtal", its areas "fokusområden" and its groups "samverkansgrupper"."""
    Agreement.objects.filter(pk=world.agreement.pk).update(labels=OWN)
    world.agreement.refresh_from_db()
    return world


def page(world: World, name: str, *args: object) -> str:
    response: HttpResponse = as_(world.coordinator).get(reverse(f"agreements:{name}", args=args))  # type: ignore[assignment]
    assert response.status_code == 200
    return response.content.decode()


def test_each_form_belongs_to_one_noun_and_has_a_word() -> None:
    assert [form for forms in NOUNS.values() for form in forms] == list(PORTAL)
    assert words_with({})["the_agreement"] == "överenskommelsen"
    assert words_with({"the_agreement": "avtalet"})["the_agreement"] == "avtalet"
    assert words_with({"the_agreement": ""})["the_agreement"] == "överenskommelsen"


def test_what_is_said_begins_with_a_capital_and_keeps_signs_in_names() -> None:
    assert said("%(the_agreement)s: %(area)s", {"the_agreement": "avtalet"}, area="100 % trygghet") == (
        "Avtalet: 100 % trygghet"
    )


def test_a_new_annex_gets_its_headings_and_guidance_in_the_agreements_words(own: World) -> None:
    with translation.override("en"):  # headings are the writer's text, in the portal's language whatever the page's
        annex = create_annex(
            own.agreement, AnnexKind.COOPERATION_STRUCTURE, number="2", title="Samverkansstruktur", by=own.coordinator
        )
    groups = annex.sections.get(template_key="working_groups")
    assert groups.heading == "Samverkansgrupper"
    assert "vem som tillsätter samverkansgrupper" in guidance_for(annex.sections.get(template_key="preparatory_group"))


def test_headings_written_before_the_word_was_changed_stay(world: World) -> None:
    annex = create_annex(
        world.agreement, AnnexKind.COOPERATION_STRUCTURE, number="2", title="Struktur", by=world.coordinator
    )
    Agreement.objects.filter(pk=world.agreement.pk).update(labels=OWN)
    assert Section.objects.get(annex=annex, template_key="working_groups").heading == "Arbetsgrupperna"


def test_a_word_with_signs_of_markup_is_text(own: World) -> None:
    own.agreement.labels = OWN | {"working_groups": "<b>grupper</b>"}
    own.agreement.save()
    annex = create_annex(
        own.agreement, AnnexKind.COOPERATION_STRUCTURE, number="2", title="Struktur", by=own.coordinator
    )
    assert annex.sections.get(template_key="working_groups").heading == "&lt;b&gt;grupper&lt;/b&gt;"
    assert "<b>grupper</b>" not in page(own, "annex_edit", own.agreement.slug, "2")


def test_pages_about_one_agreement_speak_its_words(own: World) -> None:
    slug = own.agreement.slug
    agreement = page(own, "agreement_detail", slug)
    for sentence in (
        "Samverkansavtal med bilagor", "Inställningar för samverkansavtalet",
        "Texten i samverkansavtalet är inte fastställd än.",
    ):  # fmt: skip
        assert sentence in agreement
    assert "Inställningar för samverkansavtalet" in page(own, "agreement_edit", slug)
    assert "Tillsätt samverkansgrupp" in page(own, "group_detail", slug)
    assert "Tillsätt samverkansgrupp" in page(own, "group_create", slug)
    assert "Fokusområde" in page(own, "annex_create", slug)
    assert "Fokusområde" in page(own, "annex_describe", slug, "3a")
    assert "Samverkansavtalet med de bilagor" in page(own, "registration_create", slug)


def test_the_text_itself_is_called_by_the_agreements_word(own: World) -> None:
    assert "Samverkansavtalet" in page(own, "annex_edit", own.agreement.slug, "0")
    own.agreement.labels = {}
    own.agreement.save()
    assert "Överenskommelsetext" in page(own, "annex_edit", own.agreement.slug, "0")


def test_pages_about_several_agreements_keep_the_portals(own: World) -> None:
    assert "amverkansavtal" not in page(own, "agreement_list")


def test_findings_tasks_and_dates_speak_the_agreements_words(own: World) -> None:
    Section.objects.create(annex=own.picture, position=9, level=1, heading="Områden", kind="priority_areas", body="")
    own.plan.delete()
    messages = [str(finding.message) for finding in findings(own.picture)]
    assert "Fokusområdet ”Trygga platser” har ingen åtgärdsplan." in messages
    task = Task(agreement=own.agreement, kind=Task.Kind.AREA_CHANGED)
    assert str(task) == "Fokusområdet har ändrats", "in its own words"
    assert str(Task(agreement=own.agreement, kind=Task.Kind.FOLLOW_UP)) == str(Task.Kind.FOLLOW_UP.label)
    own.agreement.ends_on = date(2027, 1, 1)
    assert [due.what for due in deadlines([own.agreement], date(2026, 6, 1))][-1] == "Samverkansavtalet upphör."


def test_a_print_is_the_same_whatever_the_words(world: World) -> None:
    """What is laid out is made of these values alone, so that the bytes are the same too (decision 0010)."""
    decision = decide(world)
    day = decision.effective_from

    def printed(agreement: Agreement) -> list[object]:
        annex = agreement.annexes.select_related("agreement").get(number="1")
        reading = Reading(annex, decision.revision.document, decision.revision, decision, "in_force")
        return [printed_annex(reading), printed_agreement(agreement, day), printed_decision([decision])]

    before = printed(world.agreement)
    Agreement.objects.filter(pk=world.agreement.pk).update(labels=OWN)
    decision.refresh_from_db()
    assert printed(Agreement.objects.get(pk=world.agreement.pk)) == before
