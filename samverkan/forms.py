"""How forms look everywhere: one field template, one error list, and the design system's classes on controls."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class BoundField(forms.BoundField):
    """A field on a page. Its label, help and errors are tied to the control by templates/django/forms/field.html."""

    @property
    def is_toggle(self) -> bool:
        """One box to tick, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def link_target(self) -> str:
        """The id to which the error summary links: the control, or the first one of several."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label or str(self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        known = (widget or self.field.widget).attrs.get("class", "")
        attrs["class"] = f"ds-input {known}".strip()
        return attrs


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER; templates/django/forms holds what differs from Django's own."""

    bound_field_class = BoundField
