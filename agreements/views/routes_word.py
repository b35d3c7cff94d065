"""Addresses of taking in Word files."""

from __future__ import annotations

from django.urls import URLPattern, path

from agreements.views import word, word_proposals

WORD = "overenskommelser/<slug:slug>/bilagor/<str:number>/ta-in"

urlpatterns: list[URLPattern] = [
    path(f"{WORD}/", word.word_create, name="word_create"),
    path(f"{WORD}/forslag/", word_proposals.word_proposal_list, name="word_proposal_list"),
    path(f"{WORD}/fil/<str:ticket>/", word.word_preview, name="word_preview"),
]
