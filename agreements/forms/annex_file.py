"""A file that is laid beside an annex."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from agreements.forms.submission import date_input

TITLE_LENGTH = 200


class AnnexFileForm(forms.Form):
    """A PDF to lie beside an annex; judged by its content where it is stored."""

    PREFIX = "fil"

    file = forms.FileField(
        label=_("The file (PDF)"),
        help_text=_("At most 20 MB. It is kept as it is, beside the text."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose a PDF.")},
    )
    title = forms.CharField(
        label=_("What it is called"), required=False, max_length=TITLE_LENGTH,
        help_text=_("Leave empty to use the file's name."),
    )  # fmt: skip
    dated = forms.DateField(
        label=_("Date of the document"), required=False, widget=date_input(),
        help_text=_("When it was signed or decided, for example."),
    )  # fmt: skip

    def name(self) -> str:
        """What the file is to be called beside the annex. Call it on a valid form."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        return self.cleaned_data["title"] or PurePath(upload.name or "PDF").stem[:TITLE_LENGTH]
