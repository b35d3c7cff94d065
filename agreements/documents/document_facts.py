"""What a document says of itself beside its blocks: title, scope, the files beside. It is in the hash like the text."""

from collections.abc import Iterator, Sequence
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.documents.align import align
from agreements.documents.block_types import Attachment, Document
from agreements.documents.differences import language_name
from agreements.documents.text_redline import Found
from agreements.states import AnnexKind

HASH_SHOWN = 16


def fact_changes(old: Document, new: Document) -> Iterator[Found]:
    """What of it is different; the place is the name of the fact."""
    if _differs(old["title"], new["title"]):
        yield Found(old["title"], new["title"], _("Title"))
    if _differs(old["subtitle"], new["subtitle"]):
        yield Found(old["subtitle"], new["subtitle"], _("Subtitle"))
    if _differs(old["scope"], new["scope"]):
        yield Found(old["scope"], new["scope"], _("Geographic scope"))
    if old["language"] != new["language"]:
        yield Found(language_name(old["language"]), language_name(new["language"]), _("Language"))
    if old["kind"] != new["kind"]:
        yield Found(_kind(old["kind"]), _kind(new["kind"]), _("Kind of annex"))
    yield from _files(old.get("attachments", []), new.get("attachments", []))


def _differs(old: str, new: str) -> bool:
    return old != new and normalize("NFC", old) != normalize("NFC", new)


def _kind(kind: str) -> str:
    return str(AnnexKind(kind).label) if kind in AnnexKind.values else kind


def _files(old: Sequence[Attachment], new: Sequence[Attachment]) -> Iterator[Found]:
    if old == new:
        return
    keys = [[_key(file) for file in side] for side in (old, new)]

    def alike(i: int, j: int) -> float:
        return float(keys[0][i][0] == keys[1][j][0] or keys[0][i][1] == keys[1][j][1])

    for i, j in align(keys[0], keys[1], alike):
        if i is None or j is None or keys[0][i] != keys[1][j]:
            was, became = _file(old[i]) if i is not None else "", _file(new[j]) if j is not None else ""
            yield Found(was, became, _("File beside"))


def _key(file: Attachment) -> tuple[str, str, int | None, str]:
    return normalize("NFC", file["name"]), file["sha256"], file["pages"], file.get("dated", "")


def _file(file: Attachment) -> str:
    """ "karta.pdf, 2019-11-04, 2 sidor, SHA-256 3f2a…"."""
    pages = file["pages"]
    words = [file["name"], *([file["dated"]] if "dated" in file else [])]
    if pages is not None:
        words.append(ngettext("%(n)s page", "%(n)s pages", pages) % {"n": pages})
    return ", ".join([*words, f"SHA-256 {file['sha256'][:HASH_SHOWN]}…"])
