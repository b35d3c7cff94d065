"""Forms for taking in a Word file: choosing it, and saying where its parts go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from agreements.annex_templates import Template
from agreements.documents.word_import.gate import MAX_BYTES
from agreements.documents.word_import.placing import Placing
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.refusals import REASONS, RefusalCode, WordRefused
from agreements.documents.word_import.text import WordProperties
from agreements.workflow.word import Answers
from agreements.workflow.word_report import heading_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordUploadForm(forms.Form):
    """A Word file; judged by reading it, never by its name."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A document of the kind .docx, at most 20 MB. Nothing is saved before you have seen the text."),
        widget=forms.FileInput(attrs={"accept": f".docx,{DOCX}"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a Word file.")},
    )
    content = b""

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, whose bytes are in ``content``. A refusal's sentence says what to do."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            raise ValidationError(REASONS[RefusalCode.TOO_LARGE], code=RefusalCode.TOO_LARGE)
        self.content = file.read()
        try:
            word = read_word(self.content)
        except WordRefused as refusal:
            raise ValidationError(refusal.reason, code=refusal.code) from refusal
        if not word.has_text:
            raise ValidationError(_("There is no text in the file."), code="no_text")
        return file


class PlacingForm(forms.Form):
    """Where each part goes, and what the person has to answer. Only what there is to ask is asked."""

    keeps_authors = forms.ChoiceField(
        label=_("The file names people. What is to be done with the names?"),
        choices=[("", _("Leave them out")), ("yes", _("Keep them with the comments that they wrote"))],
        widget=forms.RadioSelect,
        required=False,
    )
    replaces_text = forms.BooleanField(
        label=_("Replace the text that the annex has now. It stays in the history."),
        error_messages={"required": _("The annex has a text already. Tick the box if it may be replaced.")},
    )

    def __init__(
        self,
        *args: Any,
        placings: Sequence[Placing],
        template: Template,
        properties: WordProperties,
        has_text: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.given = placings
        targets = [("", _("A section of its own")), *((row.key, row.heading) for row in template)]
        for at, placing in enumerate(placings):
            name = heading_words(placing.heading) or str(_("(text without a heading)"))
            label = _("Where “%(heading)s” goes") % {"heading": name}
            self.fields[f"del-{at + 1}"] = forms.ChoiceField(
                label=label, choices=targets, required=False, initial=placing.key
            )
        if not names_of(properties):
            del self.fields["keeps_authors"]
        if not has_text:
            del self.fields["replaces_text"]

    def places(self) -> Iterator[tuple[Placing, Any]]:
        """Each part with the field that says where it goes."""
        return ((placing, self[f"del-{at + 1}"]) for at, placing in enumerate(self.given))

    def questions(self) -> list[Any]:
        """The fields that are not about places."""
        return [self[name] for name in ("keeps_authors", "replaces_text") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for at in range(len(self.given)):
            key = data.get(f"del-{at + 1}", "")
            if key and key in seen:
                self.add_error(f"del-{at + 1}", _("Another part goes there already. Choose another place."))
            seen.add(key)
        return data

    def placings(self) -> list[Placing]:
        """The placings as they were chosen."""
        return [replace(row, key=self.cleaned_data[f"del-{at + 1}"]) for at, row in enumerate(self.given)]

    def answers(self) -> Answers:
        return Answers(
            keeps_authors=self.cleaned_data.get("keeps_authors") == "yes",
            replaces_text=bool(self.cleaned_data.get("replaces_text")),
        )


def names_of(properties: WordProperties) -> list[str]:
    """The people whom the file names outside its text, each once."""
    names = (properties.author, properties.last_modified_by, *properties.comment_authors)
    return list(dict.fromkeys(name for name in names if name))
