"""Addresses of the working text: editing, sections, typed rows, sharing, conflicts, pictures."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
