"""Nothing is reachable from inside a document: neither network nor disk, whatever its HTML says."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest

from agreements.pdf import render
from tests.agreements.pdf import sample
from tests.agreements.pdf.reading_back import opened, pages_of

SECRET = "hemligt-innehall-93751"


class Door:
    """A server on this machine that remembers who knocked."""

    def __init__(self) -> None:
        self.knocks: list[str] = []
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                door.knocks.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    thread = Thread(target=door.server.serve_forever)
    thread.start()
    yield door
    door.server.shutdown()
    thread.join()
    door.server.server_close()


TRAPS = {
    "img": '<img src="{url}" alt="x">',
    "srcset": '<picture><source srcset="{url}"><img srcset="{url}" src="{url}"></picture>',
    "style attribute": '<p style="background: url({url}); list-style: url({url})">x</p>',
    "style element": "<style>@import url({url}); p {{ background-image: url({url}) }}</style><p>x</p>",
    "typeface": "<style>@font-face {{ font-family: X; src: url({url}) }} p {{ font-family: X }}</style><p>x</p>",
    "generated content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "attachment": '<link rel="attachment" href="{url}"><a rel="attachment" href="{url}">fil</a>',
    "svg image": '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image href="{url}" xlink:href="{url}"/></svg>',
    "svg use": '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{url}#a" href="{url}#a"/></svg>',
    "svg in data": '<img alt="x" src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22>'
    '<image href=%22{url}%22/></svg>">',
    "object": '<object data="{url}"></object><embed src="{url}"><iframe src="{url}"></iframe>',
    "base": '<base href="{url}"><img src="bild.png" alt="x">',
    "asset of another kind": '<img src="asset:../../{url}" alt="x">',
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_document_reaches_neither_network_nor_disk(trap: str, door: Door, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    urls = (f"{door.address}/{SECRET}", secret.as_uri(), str(secret))
    html = "".join(trap.format(url=url) for url in urls) + "<p>Efter.</p>"
    annex = sample.annex("Bilaga 9", "Prov", sample.document("other", "", [sample.rich("r", html)]))
    data = render.render_annex(annex, asset=sample.asset)
    assert "Efter." in pages_of(data)[0]
    assert door.knocks == []
    assert not holds_secret(opened(data))


def holds_secret(pdf: pikepdf.Pdf) -> bool:
    """Whether the secret is in a stream or a file inside; as a link's address it may stand: that fetches nothing."""
    streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    has_files = "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names
    return has_files or any(SECRET.encode() in bytes(stream.read_bytes()) for stream in streams)


def test_link_that_is_no_address_of_the_web_or_mail_leads_nowhere() -> None:
    html = "".join(
        f'<p><a href="{href}">x</a></p>' for href in ("javascript:alert(1)", "file:///etc/passwd", "#nirgends")
    )
    annex = sample.annex("Bilaga 9", "Prov", sample.document("other", "", [sample.rich("r", html)]))
    pdf = opened(render.render_annex(annex, asset=sample.asset))
    assert [page.get("/Annots", []) for page in pdf.pages] == [[]]


def test_picture_that_is_gone_stops_the_print() -> None:
    annex = sample.annex("Bilaga 9", "Prov", sample.document("other", "", [sample.figure(1)]))

    def gone(key: str) -> tuple[bytes, str]:
        raise FileNotFoundError(key)

    with pytest.raises(FileNotFoundError):
        render.render_annex(annex, asset=gone)


def test_picture_that_cannot_be_read_stops_the_print() -> None:
    annex = sample.annex("Bilaga 9", "Prov", sample.document("other", "", [sample.figure(1)]))
    with pytest.raises(OSError, match="cannot identify image"):
        render.render_annex(annex, asset=lambda key: (b"no picture", "image/png"))
