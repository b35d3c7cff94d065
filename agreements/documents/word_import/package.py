"""The parts of an opened .docx: XML read without network, entities or endless depth, and relationships."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from agreements.documents.word_import.ooxml import SPACES, STRICT, q
from agreements.documents.word_import.refusals import RefusalCode, WordRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agreements.documents.word_import.ooxml import Element

RELATIONSHIP = q("rel:Relationship")
BROKEN = (ArithmeticError, BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, ZlibError)
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Relationship:
    """A tie from one part: ``kind`` is the last word of its type ("image"), ``target`` a part's name or an address."""

    kind: str
    target: str
    is_external: bool


def parse(data: bytes) -> Element:
    """Parse one XML part. Raises WordRefused for a document type (entities) and for XML that is no XML."""
    if any(mark in data for mark in DOCTYPES):
        raise WordRefused(RefusalCode.ENTITIES, "document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WordRefused(RefusalCode.DAMAGED, "XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise WordRefused(RefusalCode.ENTITIES, "document type")
    if any(space in STRICT for space in root.nsmap.values()):
        _loosen(root)
    return root


def _loosen(root: Element) -> None:
    """Rename what a "strict" file calls by its other names."""
    for element in root.iter():
        element.tag = _usual(str(element.tag))
        for name, value in list(element.attrib.items()):
            if (usual := _usual(str(name))) != name:
                del element.attrib[name]
                element.set(usual, str(value))


def _usual(name: str) -> str:
    space, closing, local = name.rpartition("}")
    return f"{{{STRICT.get(space[1:], space[1:])}}}{local}" if closing else name


class Package:
    """A zip of named parts that the gate has let through (``gate.open_package``)."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {plain_name(info.filename): info for info in archive.infolist() if not info.is_dir()}
        self._relationships: dict[str, Mapping[str, Relationship]] = {}
        self.unreadable: dict[str, str] = {}
        """The parts beside the text that are damaged, by name, with what each is: "styles"."""

    @property
    def names(self) -> list[str]:
        """All parts, in small letters (names in a package do not tell small from capital)."""
        return list(self._names)

    def data(self, name: str) -> bytes | None:
        """The bytes of a part, or None when it is not there. Never more than the size that the gate has seen."""
        info = self._names.get(plain_name(name))
        if info is None:
            return None
        try:
            with self._archive.open(info) as part:
                return part.read(info.file_size)
        except BROKEN as error:
            raise WordRefused(RefusalCode.DAMAGED, info.filename) from error

    def xml(self, name: str) -> Element | None:
        """The root of an XML part, or None when it is not there."""
        data = self.data(name)
        return None if data is None else parse(data)

    def beside(self, name: str, kind: str) -> Element | None:
        """The root of an XML part that the text can be read without; one that is damaged is noted as ``unreadable``."""
        try:
            return self.xml(name)
        except WordRefused as refusal:
            self._note(name, kind, refusal)
            return None

    def data_beside(self, name: str) -> bytes | None:
        """The bytes of a part that the text can be read without; None when it is not there or damaged."""
        try:
            return self.data(name)
        except WordRefused as refusal:
            self._note(name, "image", refusal)
            return None

    def _note(self, name: str, kind: str, refusal: WordRefused) -> None:
        if refusal.code != RefusalCode.DAMAGED:  # what is hostile is refused wherever it stands
            raise refusal
        self.unreadable[name] = kind

    def relationships(self, name: str) -> Mapping[str, Relationship]:
        """The ties of a part by their id; of the whole package when ``name`` is empty."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> Mapping[str, Relationship]:
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {element.get("Id", ""): _relationship(element, folder) for element in root.iter(RELATIONSHIP)}

    def related(self, name: str, kind: str) -> str | None:
        """The name of the first part of that kind that the part refers to."""
        for tie in self.relationships(name).values():
            if tie.kind == kind and not tie.is_external:
                return tie.target
        return None

    def related_xml(self, name: str, kind: str) -> Element | None:
        """The root of the first part of that kind that the part refers to."""
        target = self.related(name, kind)
        return None if target is None else self.xml(target)

    def related_beside(self, name: str, kind: str) -> Element | None:
        """``related_xml`` of a part that the text can be read without."""
        target = self.related(name, kind)
        return None if target is None else self.beside(target, kind)

    @cached_property
    def main(self) -> str:
        """The name of the part with the text; "word/document.xml" where the package does not say."""
        return self.related("", "officeDocument") or "word/document.xml"

    @cached_property
    def content_types(self) -> dict[str, str]:
        """The declared type of each part that has one of its own."""
        root = self.xml("[Content_Types].xml")
        if root is None:
            return {}
        overrides = root.iter(f"{{{SPACES['ct']}}}Override")
        return {plain_name(part.get("PartName", "")): part.get("ContentType", "") for part in overrides}


def _relationship(element: Element, folder: str) -> Relationship:
    target, kind = element.get("Target", ""), element.get("Type", "").rstrip("/").rpartition("/")[2]
    is_external = element.get("TargetMode", "").strip().lower() == "external" or kind == "hyperlink"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return Relationship(kind, target, is_external)


def plain_name(name: str) -> str:
    """The name of a part in small letters, without the slash that some programs put before it, and "%20" as a space."""
    return unquote(name.replace("\\", "/").lstrip("/")).lower()
