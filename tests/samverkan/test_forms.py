"""How forms are written: every control has its label, help and error tied to it."""

from django import forms
from django.utils.datastructures import MultiValueDict
from lxml import html


class Form(forms.Form):
    title = forms.CharField(label="Rubrik", help_text="Kort.")
    why = forms.CharField(label="Skäl", required=False, widget=forms.Textarea(attrs={"class": "bred"}))
    way = forms.ChoiceField(label="Sätt", choices=[("m", "Möte"), ("c", "Per capsulam")], widget=forms.RadioSelect)
    read = forms.BooleanField(label="Jag har läst")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        self.add_error(None, "Formuläret är för gammalt.")


def written(form: forms.Form) -> html.HtmlElement:
    return html.fragment_fromstring(str(form), create_parent="form")


def test_a_control_has_its_label_and_help() -> None:
    page = written(Form())
    control = page.get_element_by_id("id_title")
    assert control.get("class") == "ds-input"
    assert page.find('.//label[@for="id_title"]').text_content() == "Rubrik"
    assert control.get("aria-describedby") == "id_title_helptext"
    assert page.get_element_by_id("id_title_helptext").text_content() == "Kort."


def test_a_class_of_its_own_is_kept_and_what_is_optional_says_so() -> None:
    page = written(Form())
    assert page.get_element_by_id("id_why").get("class") == "ds-input bred"
    assert page.find('.//label[@for="id_why"]').text_content() == "Skäl (frivilligt)"


def test_an_error_stands_at_its_field_and_in_the_summary_with_a_link_to_it() -> None:
    page = written(Form(data=MultiValueDict()))
    assert page.get_element_by_id("id_title").get("aria-invalid") == "true"
    assert page.get_element_by_id("id_title").get("aria-describedby") == "id_title_helptext id_title_error"
    assert "fyllas i" in page.get_element_by_id("id_title_error").text_content()
    links = [link.get("href") for link in page.findall(".//div[@role='alert']//a")]
    assert links == ["#id_title", "#id_way_0", "#id_read"]
    for link in links:
        page.get_element_by_id(link[1:])
    assert "Formuläret är för gammalt." in page.find(".//div[@role='alert']").text_content()


def test_choices_stand_in_a_field_set_each_with_its_label() -> None:
    page = written(Form())
    group = page.find(".//fieldset")
    assert group.find("legend").text_content() == "Sätt"
    assert [label.get("for") for label in group.findall(".//label")] == ["id_way_0", "id_way_1"]


def test_the_label_of_a_box_stands_after_it() -> None:
    page = written(Form())
    box = page.get_element_by_id("id_read")
    assert box.getnext().tag == "label"


def test_hidden_fields_are_written_and_ids_are_there_once() -> None:
    page = written(Form())
    ids = page.xpath("//@id")
    assert page.get_element_by_id("id_secret").get("type") == "hidden"
    assert len(ids) == len(set(ids))
