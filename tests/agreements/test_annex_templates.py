import pytest

from agreements import section_kinds
from agreements.annex_templates import TEMPLATES, section_template, template_for, worded
from agreements.states import AnnexKind


def test_every_kind_of_annex_has_a_template() -> None:
    assert set(TEMPLATES) == set(AnnexKind)
    assert all(TEMPLATES.values())


@pytest.mark.parametrize("kind", AnnexKind)
def test_keys_are_unique_levels_do_not_jump_and_something_is_required(kind: AnnexKind) -> None:
    template = template_for(kind)
    assert len({section.key for section in template}) == len(template)
    above = 0
    for section in template:
        assert 1 <= section.level <= min(above + 1, 3)
        above = section.level
    assert any(section.is_required for section in template)


@pytest.mark.parametrize("kind", AnnexKind)
def test_every_kind_of_section_in_a_template_is_registered(kind: AnnexKind) -> None:
    assert {section.kind for section in template_for(kind)} <= {known.key for known in section_kinds.known()}


def test_agreement_text_has_the_real_headings_in_their_order() -> None:
    found = [worded(section, {}).heading for section in template_for("agreement_text") if section.is_required]
    assert found == [
        "Bakgrund", "Parter och den lokala överenskommelsens omfattning", "Bilagor", "Tid", "Lokal styrgrupp",
        "Lokal beredningsgrupp", "Lokala arbetsgrupper",
        "Gemensam lokal lägesbild och prioriterade samverkansområden", "Uppdateringar, ändringar och tillägg",
        "Information",
    ]  # fmt: skip


def test_picture_demands_what_the_law_demands() -> None:
    required = {section.key for section in template_for("situational_picture") if section.is_required}
    assert {"crime", "other_information", "analysis"} <= required


def test_only_the_picture_numbers_its_headings() -> None:
    numbered = {kind for kind, template in TEMPLATES.items() if any(section.is_numbered for section in template)}
    assert numbered == {AnnexKind.SITUATIONAL_PICTURE}


def test_overarching_agreement_has_headings_of_its_own() -> None:
    assert template_for("agreement_text", is_overarching=True) == template_for("overarching_agreement")
    assert template_for("agreement_text") != template_for("overarching_agreement")
    assert template_for("action_plan", is_overarching=True) == template_for("action_plan")


def test_section_is_found_by_key_and_an_own_section_is_not() -> None:
    found = section_template("action_plan", "sheet")
    assert found is not None
    assert found.kind == "action_plan_sheet"
    assert section_template("action_plan", "") is None
    assert section_template("action_plan", "local_agreements") is None
    assert section_template("agreement_text", "local_agreements", is_overarching=True) is not None


OWN = {"priority_area": "fokusområde", "the_priority_area": "fokusområdet", "priority_areas": "fokusområden"} | {
    "agreement": "samverkansavtal", "the_agreement": "samverkansavtalet",
    "working_group": "samverkansgrupp", "working_groups": "samverkansgrupper",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "key", "usual", "own"),
    [
        (
            "agreement_text", "parties", "Parter och den lokala överenskommelsens omfattning",
            "Parter och vad samverkansavtalet gäller",
        ),
        ("agreement_text", "scope", "Vad överenskommelsen omfattar", "Vad samverkansavtalet omfattar"),
        ("agreement_text", "working_groups", "Lokala arbetsgrupper", "Lokala samverkansgrupper"),
        ("cooperation_structure", "working_groups", "Arbetsgrupperna", "Samverkansgrupper"),
        ("situational_picture", "priority_areas", "Prioriterade samverkansområden", "Prioriterade fokusområden"),
        ("communication_plan", "priority_areas", "Prioriterade fokusområden", "Prioriterade fokusområden"),
    ],
)  # fmt: skip
def test_headings_are_in_the_agreements_words(kind: str, key: str, usual: str, own: str) -> None:
    section = section_template(kind, key)
    assert section is not None
    assert (worded(section, {}).heading, worded(section, OWN).heading) == (usual, own)


def test_no_place_for_a_word_is_left_in_any_heading_or_guidance() -> None:
    for template in TEMPLATES.values():
        for labels in ({}, OWN):
            read = [worded(section, labels) for section in template]
            assert not [section for section in read if "%(" in f"{section.heading}{section.guidance}"]
            assert all(str(section.heading)[:1].isupper() for section in read)


def test_own_heading_waits_for_a_word_of_the_agreements_own() -> None:
    section = section_template("communication_plan", "priority_areas")
    assert section is not None
    assert worded(section, {"priority_areas": "problemområden"}).heading == "Prioriterade problemområden"
    assert worded(section, {"working_groups": "samverkansgrupper"}).heading == "Prioriterade fokusområden"
