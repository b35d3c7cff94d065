"""Addresses of taking in Word files."""

from __future__ import annotations

from django.urls import URLPattern, path

from agreements.views import word, word_proposals
from agreements.views.route_parts import ANNEX

WORD = f"{ANNEX}/ta-in"

urlpatterns: list[URLPattern] = [
    path(f"{WORD}/", word.word_create, name="word_create"),
    path(f"{WORD}/forslag/", word_proposals.word_proposal_list, name="word_proposal_list"),
    path(f"{WORD}/fil/<str:ticket>/", word.word_preview, name="word_preview"),
]
