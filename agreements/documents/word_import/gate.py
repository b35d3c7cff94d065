"""What a file must be before a word of it is read: a real .docx, small enough, asking for nothing from outside.

Judged by content alone; the name of the file is never looked at.
"""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from agreements.documents.word_import.ooxml import q
from agreements.documents.word_import.package import Package, Relationship, plain_name
from agreements.documents.word_import.refusals import RefusalCode, WordRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_PARTS = 4000  # a long document with a picture on each page has some hundred
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 24 * 1024 * 1024  # 60 pages of text are about 2 MB of XML
MAX_RATIO, RATIO_COUNTS_FROM = 200, 4 * 1024 * 1024  # Word's own XML packs at most about 1:40

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM, WORD_STREAM = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
ENCRYPTED_FLAG = 0x1
PACKINGS = frozenset({ZIP_STORED, ZIP_DEFLATED})  # the only ones that a .docx may use (ECMA-376 part 2, annex C)

# Addresses that nothing fetches when the text is read or shown: a person follows a link by own choice.
HARMLESS = frozenset({"hyperlink"})
ON_A_DISK = re.compile(r"(file:|[a-z]:[\\/]|[\\/]|\.|[^:]*$)", re.IGNORECASE)


def open_package(data: bytes) -> Package:
    """Open the bytes of an uploaded file. Raises WordRefused when they are no .docx that can be read safely."""
    if not data:
        raise WordRefused(RefusalCode.EMPTY)
    if len(data) > MAX_BYTES:
        raise WordRefused(RefusalCode.TOO_LARGE)
    if data.startswith(COMPOUND_FILE):
        raise WordRefused(_kind_of_compound_file(data))
    if not data.startswith(b"PK"):
        raise WordRefused(RefusalCode.NOT_DOCX, "no zip")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise WordRefused(RefusalCode.DAMAGED, "zip") from error
    _check_sizes(archive)
    package = Package(archive)
    _check_kind(package)
    _check_ties(package)
    return package


def _kind_of_compound_file(data: bytes) -> RefusalCode:
    """Tell a password-protected .docx from a .doc: both are OLE compound files, with other streams (MS-OFFCRYPTO)."""
    if _has_stream(data, ENCRYPTED_STREAM):
        return RefusalCode.ENCRYPTED
    return RefusalCode.LEGACY_DOC if _has_stream(data, WORD_STREAM) else RefusalCode.NOT_DOCX


def _has_stream(data: bytes, name: bytes) -> bool:
    """Look for a directory entry: entries are 128 bytes and begin with the stream's name."""
    found = data.find(name)
    while found >= 0:
        if found % 128 == 0:
            return True
        found = data.find(name, found + 1)
    return False


def _check_sizes(archive: ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
        raise WordRefused(RefusalCode.ENCRYPTED, "zip")
    if any(part.compress_type not in PACKINGS for part in parts):
        raise WordRefused(RefusalCode.DAMAGED, "packing")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or _is_dense(unpacked, packed):
        raise WordRefused(RefusalCode.ZIP_BOMB, "size")
    for part in parts:
        is_xml = part.filename.lower().endswith((".xml", ".rels"))
        if _is_dense(part.file_size, part.compress_size) or (is_xml and part.file_size > MAX_XML):
            raise WordRefused(RefusalCode.ZIP_BOMB, "ratio")
    if len({plain_name(part.filename) for part in parts}) < len(parts):
        raise WordRefused(RefusalCode.DAMAGED, "a part twice")


def _is_dense(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1)


def _check_kind(package: Package) -> None:
    declared = package.content_types.get(package.main.lower(), "").lower()
    if "macroenabled" in declared or any(name.endswith("vbaproject.bin") for name in package.names):
        raise WordRefused(RefusalCode.MACROS)
    if declared and "wordprocessingml" not in declared:
        raise WordRefused(RefusalCode.NOT_DOCX, "other Office file")
    root = package.xml(package.main)
    if root is None:
        raise WordRefused(RefusalCode.NOT_DOCX, "no document part")
    if root.tag != q("w:document"):
        raise WordRefused(RefusalCode.NOT_DOCX, "other root")


def _check_ties(package: Package) -> None:
    for name in package.names:
        if name.endswith(".rels"):
            folder, _, base = name.removesuffix(".rels").rpartition("_rels/")
            for tie in package.relationships(folder + base).values():
                _check_tie(tie)


def _check_tie(tie: Relationship) -> None:
    if tie.kind == "aFChunk":
        raise WordRefused(RefusalCode.OTHER_DOCUMENT_INSIDE, tie.kind)
    if tie.is_external and tie.kind not in HARMLESS and not _is_own_template(tie):
        raise WordRefused(RefusalCode.EXTERNAL, tie.kind)


def _is_own_template(tie: Relationship) -> bool:
    """Tell a template on the author's disk, which Word names in every document made from it, from one on the web.

    Nobody but Word fetches it, and the text does not need it; a template with a web address is an attack.
    """
    return tie.kind == "attachedTemplate" and bool(ON_A_DISK.match(tie.target))
