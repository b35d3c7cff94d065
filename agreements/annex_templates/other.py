"""An annex of another kind begins with one section."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "text",
        pgettext_lazy("heading in an annex", "Text"),
        _("Write, and add the headings that you need."),
    ),
)
