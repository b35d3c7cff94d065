"""A desk to try the editor at: one section on a page of its own, and a server that can be told to misbehave.

It answers as agreements' own addresses do, and sanitises with the real sanitiser.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, get_ident
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import include, path

from agreements.documents.sanitise import clean_heading, clean_rich_text
from samverkan.plain_text import to_plain

PAGE = """{% extends "base.html" %}{% load static %}
{% block title %}Skriv{% endblock %}
{% block styles %}<link rel="stylesheet" href="{% static 'css/editor.css' %}">{% endblock %}
{% block scripts %}<script src="{% static 'dist/editor.js' %}" defer></script>{% endblock %}
{% block heading %}<h1>Gemensam lokal lägesbild</h1>{% endblock %}
{% block content %}
{% include "agreements/section/_editor_words.html" only %}
<h2 class="ds-sr-only">Avsnittet</h2>
{% include "agreements/section/_form.html" %}
{% endblock %}"""


@dataclass
class Section:
    pk: int = 11
    heading: str = "Bakgrund"
    body: str = "<p>Kommunen och polisen ser samma läge.</p>"
    version: int = 1
    language: str = ""


@dataclass
class Desk:
    """What the server holds and how it behaves: "well", "down", "signed out", "conflict", "refuses" or "full"."""

    section: Section = field(default_factory=Section)
    behaves: str = "well"
    others: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    guidance: str = "Varför lägesbilden görs och hur den används."
    saved: Condition = field(default_factory=Condition)

    def has_got(self, body: str) -> bool:
        """Wait until that text is saved."""
        with self.saved:
            return self.saved.wait_for(lambda: self.section.body == body, timeout=30)


DESK = Desk()


def begin(**section: Any) -> Desk:
    """Clear the desk and lay a section on it."""
    DESK.__init__(section=Section(**section))  # type: ignore[misc]  # the views hold on to this one
    return DESK


@contextmanager
def answers_all() -> Iterator[None]:
    """On leaving, wait until every request that the server has begun to answer is answered."""
    under_way, changed = set[int](), Condition()

    def begins(environ: dict[str, Any], **_: Any) -> None:
        with changed:
            under_way.add(get_ident())

    def ends(**_: Any) -> None:
        with changed:
            under_way.discard(get_ident())
            changed.notify_all()

    request_started.connect(begins)
    request_finished.connect(ends)
    try:
        yield
        with changed:
            assert changed.wait_for(lambda: not under_way, timeout=30)
    finally:
        request_started.disconnect(begins)
        request_finished.disconnect(ends)


def page(request: HttpRequest) -> HttpResponse:
    section = DESK.section
    context = {
        "section": section,
        "save_url": "/skriv/spara/",
        "presence_url": "/skriv/narvaro/",
        "image_url": "/skriv/bilder/",
        "picture_url": f"/skriv/bilder/{'0' * 64}/",
        "guidance": DESK.guidance,
        "plain": to_plain(section.body),
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def save(request: HttpRequest) -> HttpResponse:
    section, sent = DESK.section, request.POST.dict()
    DESK.sent.append({name: str(value) for name, value in sent.items()})
    if DESK.behaves == "signed out":
        return HttpResponseRedirect("/konto/login/")
    if DESK.behaves == "down":
        return HttpResponse("down", status=503)
    if DESK.behaves == "full":
        return HttpResponse("too long", status=413)
    if DESK.behaves == "refuses":
        return JsonResponse({"reason": "Lägesbilden ligger hos styrgruppen."}, status=403)
    heading, body = clean_heading(str(sent["heading"])), clean_rich_text(str(sent["body"]))
    if (heading, body) == (section.heading, section.body):
        return JsonResponse({"version": section.version, "saved_at": "14.32", "heading": heading, "body": body})
    if int(str(sent["version"])) != section.version or DESK.behaves == "conflict":
        DESK.set_aside.append(body)
        return JsonResponse({"conflict_url": "/skriv/konflikt/", "version": section.version}, status=409)
    with DESK.saved:
        section.heading, section.body, section.version = heading, body, section.version + 1
        DESK.saved.notify_all()
    return JsonResponse({"version": section.version, "saved_at": "14.32", "heading": heading, "body": body})


def presence(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"others": DESK.others})


def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    assert isinstance(file, UploadedFile)
    content = file.read()
    if not content.startswith(b"\x89PNG"):
        return JsonResponse({"error": "Filen är ingen bild i PNG eller JPEG."}, status=422)
    asset = hashlib.sha256(content).hexdigest()
    DESK.pictures[asset] = content
    return JsonResponse({"asset": asset, "url": f"/skriv/bilder/{asset}/", "width": 1, "height": 1})


def picture(request: HttpRequest, asset: str) -> HttpResponse:
    return HttpResponse(DESK.pictures.get(asset, b""), content_type="image/png")


def gallery(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].get_template("_components/gallery.html").render({}, request))


urlpatterns = [
    path("skriv/", page),
    path("skriv/spara/", save),
    path("skriv/narvaro/", presence),
    path("skriv/bilder/", upload),
    path("skriv/bilder/<str:asset>/", picture),
    path("galleri/", gallery),
    path("konto/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
