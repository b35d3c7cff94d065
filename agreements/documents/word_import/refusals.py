"""Why a file is not taken in at all: a code for programs and a sentence for people. Nothing has been changed then."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class RefusalCode(StrEnum):
    """What was wrong with the file."""

    EMPTY = "empty"
    NOT_DOCX = "not_docx"
    LEGACY_DOC = "legacy_doc"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    ZIP_BOMB = "zip_bomb"
    DAMAGED = "damaged"
    MACROS = "macros"
    EXTERNAL = "external"
    ENTITIES = "entities"
    OTHER_DOCUMENT_INSIDE = "other_document_inside"


REASONS: dict[RefusalCode, StrPromise] = {
    RefusalCode.EMPTY: _("The file is empty. Choose the file again."),
    RefusalCode.NOT_DOCX: _(
        "This is not a Word document of the kind .docx. Open it in Word, save it as “Word document (.docx)” "
        "and try again."
    ),
    RefusalCode.LEGACY_DOC: _(
        "This is a Word document of the old kind (.doc). Open it in Word, save it as “Word document (.docx)” "
        "and try again."
    ),
    RefusalCode.ENCRYPTED: _(
        "The document is protected with a password. Take the password away in Word, save the document and try again."
    ),
    RefusalCode.TOO_LARGE: _(
        "The file is larger than 20 MB. Compress the pictures in Word or divide the document, and try again."
    ),
    RefusalCode.ZIP_BOMB: _(
        "The file unpacks to far more than a document can hold and is not opened. "
        "Save the document anew in Word and try again."
    ),
    RefusalCode.DAMAGED: _(
        "The file is damaged and cannot be read. Open it in Word, save it under a new name and try again."
    ),
    RefusalCode.MACROS: _(
        "The document contains macros. Save it in Word as “Word document (.docx)”, without macros, and try again."
    ),
    RefusalCode.EXTERNAL: _(
        "The document fetches content from outside itself, such as linked pictures or a template on the web. "
        "Break the links in Word, so that everything lies in the document, and try again."
    ),
    RefusalCode.ENTITIES: _(
        "The file contains instructions that do not belong in a document and is not opened. "
        "Save the document anew in Word and try again."
    ),
    RefusalCode.OTHER_DOCUMENT_INSIDE: _(
        "The document has another document inserted as a file, which cannot be read safely. "
        "Open it in Word, save it anew so that the text becomes its own, and try again."
    ),
}


class WordRefused(Exception):
    """The file is refused. ``reason`` is a translated sentence that says what to do, ``code`` is for programs."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        """``detail`` is for the log and for tests; it never holds text of the document."""
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail

    @property
    def reason(self) -> StrPromise:
        """The sentence for the person who chose the file."""
        return REASONS[self.code]
