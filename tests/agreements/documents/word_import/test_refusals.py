"""Files that are not opened: each with its code and a sentence, judged by content."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from agreements.documents.word_import import reader
from agreements.documents.word_import.gate import MAX_BYTES, MAX_PARTS
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.refusals import REASONS, RefusalCode, WordRefused
from tests.agreements.documents.word_import.docx import (
    TYPES,
    Docx,
    docx,
    link_tie,
    p,
    packed,
    r,
    relationships,
    tbl,
    tc,
    tr,
)

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(data: bytes) -> RefusalCode:
    """The code with which the data is refused."""
    with pytest.raises(WordRefused) as caught:
        read_word(data)
    assert str(caught.value.reason) == str(REASONS[caught.value.code])
    return caught.value.code


def external(kind: str, target: str) -> bytes:
    """A file with a tie to something outside it."""
    tie = f'<Relationship Id="out" Type="{TYPES}{kind}" Target="{target}" TargetMode="External"/>'
    return Docx(p("Text"), ties=tie).bytes()


def with_document(xml: bytes | str) -> bytes:
    """A file whose text part is just this."""
    source = docx(p("Text"))
    with ZipFile(BytesIO(source)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = xml
    return packed(files)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", RefusalCode.EMPTY),
        (b"Bakgrund\n", RefusalCode.NOT_DOCX),
        (b"%PDF-1.7\n", RefusalCode.NOT_DOCX),
        (b"{\\rtf1 Text}", RefusalCode.NOT_DOCX),
        (b"PK\x03\x04 and no more", RefusalCode.DAMAGED),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), RefusalCode.NOT_DOCX),
        (packed({"a.txt": "words"}), RefusalCode.NOT_DOCX),
        (CFB + "WordDocument".encode("utf-16-le") + bytes(400), RefusalCode.LEGACY_DOC),
        (CFB + "EncryptedPackage".encode("utf-16-le") + bytes(400), RefusalCode.ENCRYPTED),
        (CFB + "Workbook".encode("utf-16-le") + bytes(400), RefusalCode.NOT_DOCX),
        (b"PK" + bytes(MAX_BYTES), RefusalCode.TOO_LARGE),
    ],
)
def test_what_is_no_docx_is_named(data: bytes, code: RefusalCode) -> None:
    assert refusal(data) == code


def test_other_office_files_are_told_by_their_content() -> None:
    sheet = Docx(p("1"), main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    assert refusal(sheet.bytes()) == RefusalCode.NOT_DOCX


def test_macros_are_refused_by_type_and_by_their_part() -> None:
    macro_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refusal(Docx(p("x"), main_type=macro_type).bytes()) == RefusalCode.MACROS
    assert refusal(Docx(p("x"), parts={"word/vbaProject.bin": b"\x00"}).bytes()) == RefusalCode.MACROS


def test_a_locked_zip_is_encrypted() -> None:
    data = bytearray(docx(p("Text")))
    data[6] |= 1  # the flag in the first local header
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal(bytes(data)) == RefusalCode.ENCRYPTED


def test_a_part_that_unpacks_to_far_more_is_a_bomb() -> None:
    assert refusal(Docx(p("x"), parts={"word/media/a.bin": bytes(12_000_000)}).bytes()) == RefusalCode.ZIP_BOMB
    assert refusal(with_document(b"<w:document>" + b" " * 12_000_000)) == RefusalCode.ZIP_BOMB


def test_many_small_bombs_are_one() -> None:
    parts: dict[str, str | bytes] = {f"word/media/{n}.bin": bytes(1_000_000) for n in range(20)}
    assert refusal(Docx(p("x"), parts=parts).bytes()) == RefusalCode.ZIP_BOMB


def test_too_many_parts_are_a_bomb() -> None:
    parts: dict[str, str | bytes] = {f"word/{n}.bin": b"" for n in range(MAX_PARTS + 1)}
    assert refusal(Docx(p("x"), parts=parts).bytes()) == RefusalCode.ZIP_BOMB


def test_ordinary_repetition_is_no_bomb() -> None:
    text = read_word(docx(*[p(f"Stycke {n} om samverkan i stadsdelen.") for n in range(5_000)]))
    assert text.report.count("words") == 5_000 * 6


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://example.se/bild.png"),
        ("image", "file:///etc/passwd"),
        ("attachedTemplate", "https://example.se/mall.dotm"),
        ("oleObject", "file:///C:/ark.xlsx"),
        ("subDocument", "del2.docx"),
        ("frame", "http://example.se/"),
        ("mailMergeSource", "file:///C:/lista.csv"),
    ],
)
def test_content_from_outside_is_refused(kind: str, target: str) -> None:
    assert refusal(external(kind, target)) == RefusalCode.EXTERNAL


def test_ties_of_other_parts_count_too() -> None:
    tie = f'<Relationship Id="x" Type="{TYPES}image" Target="http://example.se/logga.png" TargetMode="External"/>'
    data = Docx(p("Text"), parts={"word/_rels/header1.xml.rels": relationships(tie)}).bytes()
    assert refusal(data) == RefusalCode.EXTERNAL


def test_links_that_a_person_follows_are_no_content_from_outside() -> None:
    assert read_word(Docx(p("Text"), ties=link_tie("a", "https://example.se/")).bytes()).parts


@pytest.mark.parametrize("target", ["file:///C:\\Mallar\\PM.dotx", "C:\\Mallar\\PM.dotx", "\\\\server\\mall.dotx"])
def test_a_template_on_the_authors_disk_is_only_a_name(target: str) -> None:
    assert read_word(external("attachedTemplate", target)).report.count("own_template") == 1


def test_a_document_inserted_as_a_file_is_refused() -> None:
    tie = f'<Relationship Id="c" Type="{TYPES}aFChunk" Target="del.html"/>'
    data = Docx(p("Text"), ties=tie, parts={"word/del.html": "<p>Mer"}).bytes()
    assert refusal(data) == RefusalCode.OTHER_DOCUMENT_INSIDE
    assert refusal(docx(p("Text"), '<w:altChunk r:id="c"/>')) == RefusalCode.OTHER_DOCUMENT_INSIDE
    assert refusal(docx(p('<w:subDoc r:id="c"/>'))) == RefusalCode.OTHER_DOCUMENT_INSIDE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "subset", ['<!ENTITY x "lol">', '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % x SYSTEM "http://a/">']
)
def test_entities_are_refused(subset: str, encoding: str) -> None:
    document = Docx(p("Text")).document().partition("\n")[2]
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{subset}]>{document}'
    assert refusal(with_document(xml.encode(encoding))) == RefusalCode.ENTITIES


@pytest.mark.parametrize("xml", ["<w:document", "", "<a>" * 400 + "</a>" * 400])
def test_broken_or_endlessly_deep_xml_is_damage(xml: str) -> None:
    assert refusal(with_document(xml)) == RefusalCode.DAMAGED


def test_tables_in_tables_without_end_are_damage_or_read() -> None:
    table = p("Innerst")
    for _ in range(60):
        table = tbl(tr(tc(table, p())))
    assert read_word(docx(table)).report.count("words") == 1


def test_another_root_is_no_document() -> None:
    assert refusal(with_document("<html><body>Text</body></html>")) == RefusalCode.NOT_DOCX


def test_damaged_bytes_inside_the_zip_are_damage() -> None:
    data = bytearray(docx(p("Text " * 4000)))
    start = data.index(b"word/document.xml") + 30
    data[start : start + 40] = bytes(40)
    assert refusal(bytes(data)) == RefusalCode.DAMAGED


def test_fields_that_fetch_are_refused() -> None:
    simple = '<w:fldSimple w:instr=" DDEAUTO excel ark "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    assert refusal(docx(p(simple))) == RefusalCode.EXTERNAL


def test_a_file_in_the_strict_dialect_is_read() -> None:
    names = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    source = docx(p("Bakgrund", style="Heading1"), p("Text."))
    with ZipFile(BytesIO(source)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        for usual, strict in names.items():
            content = content.replace(usual.encode(), strict.encode()) if isinstance(content, bytes) else content
        files[name] = content
    part = read_word(packed(files)).parts[0]
    assert (part.level, part.heading, part.body) == (1, "Bakgrund", "<p>Text.</p>")


def test_two_parts_whose_names_differ_in_a_slash_or_a_capital_alone() -> None:
    for name in ("/word/document.xml", "word/Document.xml"):
        assert refusal(Docx(p("text"), parts={name: Docx(p("annan text")).document()}).bytes()) == RefusalCode.DAMAGED


def test_fields_inside_fields_without_end() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    assert refusal(docx(p((begin + separate) * 500 + r("text") + end * 500))) == RefusalCode.DAMAGED
    assert read_word(docx(p((begin + separate) * 100 + r("text") + end * 100))).parts[0].body == "<p>text</p>"


def test_what_nobody_has_foreseen_is_a_sentence_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> None:
        raise ValueError("chr() arg not in range")

    monkeypatch.setattr(reader, "open_book", break_down)
    assert refusal(docx(p("text"))) == RefusalCode.DAMAGED
    assert "A Word file could not be read." in caplog.text


@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
def test_a_zip_packed_as_no_document_is_refused_before_anything_is_unpacked(packing: int) -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(docx(p("Text")))) as source, ZipFile(buffer, "w", packing) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    assert refusal(buffer.getvalue()) == RefusalCode.DAMAGED


def test_what_nobody_has_foreseen_in_the_zip_itself_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise OverflowError("Python int too large to convert to C ssize_t")

    data = docx(p("text"))
    monkeypatch.setattr("agreements.documents.word_import.gate.ZipFile", overflow)
    assert refusal(data) == RefusalCode.DAMAGED


@pytest.mark.parametrize("name", ["word/document2.xml", "document.xml", "word/Dokument 1.xml"])
def test_the_text_may_have_another_name(name: str) -> None:
    with ZipFile(BytesIO(docx(p("Text.")))) as archive:
        files: dict[str, str | bytes] = {known: archive.read(known) for known in archive.namelist()}
    files[name] = files.pop("word/document.xml")
    files.pop("word/_rels/document.xml.rels")
    target = name.replace(" ", "%20")
    files["_rels/.rels"] = relationships(f'<Relationship Id="r1" Type="{TYPES}officeDocument" Target="/{target}"/>')
    assert read_word(packed(files)).parts[0].body == "<p>Text.</p>"


def test_names_with_backslashes_and_text_in_utf_16_are_read() -> None:
    with ZipFile(BytesIO(docx(p("Trygga gator – åäö.")))) as archive:
        files: dict[str, str | bytes] = {name.replace("/", "\\"): archive.read(name) for name in archive.namelist()}
    xml = bytes(files["word\\document.xml"]).decode().replace("UTF-8", "UTF-16")  # type: ignore[arg-type]
    files["word\\document.xml"] = xml.encode("utf-16")
    assert read_word(packed(files)).parts[0].body == "<p>Trygga gator – åäö.</p>"


def test_a_file_without_styles_lists_or_declared_types_is_read() -> None:
    with ZipFile(BytesIO(Docx(p("Mål", style="Rubrik1") + p("Text."), styles="", numbering="").bytes())) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    del files["[Content_Types].xml"]
    part = read_word(packed(files)).parts[0]
    assert (part.heading, part.body) == ("Mål", "<p>Text.</p>")


def test_a_template_without_macros_is_a_document() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    assert read_word(Docx(p("Text."), main_type=kind).bytes()).parts[0].body == "<p>Text.</p>"


def test_the_same_part_twice_is_damage() -> None:
    buffer = BytesIO(docx(p("Text.")))
    with ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", Docx(p("Annan text.")).document())
    assert refusal(buffer.getvalue()) == RefusalCode.DAMAGED


class OneWay(BytesIO):
    """A stream that nobody can go back in, so that sizes come after what they are the sizes of."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def test_a_zip_that_was_written_in_one_go_and_for_large_files_is_read() -> None:
    stream = OneWay()
    with ZipFile(BytesIO(docx(p("Trygga gator.")))) as source, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(source.read(name))
    assert read_word(stream.getvalue()).parts[0].body == "<p>Trygga gator.</p>"


@pytest.mark.parametrize("depth", [50, 400])
def test_names_of_parts_may_be_long_and_deep(depth: int) -> None:
    name = "word/" + "mapp/" * depth + "bild.bin"
    assert read_word(Docx(p("Text."), parts={name: b"x"}).bytes()).parts[0].body == "<p>Text.</p>"
