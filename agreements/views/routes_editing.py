"""Addresses of the working text: editing, sections, typed rows, sharing, conflicts, pictures."""

from __future__ import annotations

from django.urls import URLPattern, path

from agreements.views import (
    annex_begin,
    annex_file,
    conflict,
    editing,
    image,
    priority_area,
    register,
    section,
    sharing,
    sheet,
    sheet_removal,
    sheet_shape,
    structure,
)
from agreements.views.route_parts import AGREEMENT, ANNEX

SECTION = f"{ANNEX}/avsnitt/<uuid:section_id>"
AREA = f"{SECTION}/omraden/<uuid:area_id>"

urlpatterns: list[URLPattern] = [
    path(f"{AGREEMENT}/ny-bilaga/", annex_begin.annex_create, name="annex_create"),
    path(f"{ANNEX}/redigera/", editing.annex_edit, name="annex_edit"),
    path(f"{ANNEX}/uppgifter/", editing.annex_describe, name="annex_describe"),
    path(f"{ANNEX}/kontroll/", editing.annex_check, name="annex_check"),
    path(f"{ANNEX}/kontroll/svar/", editing.annex_warnings, name="annex_warnings"),
    path(f"{ANNEX}/hamta/", annex_begin.annex_fetch, name="annex_fetch"),
    path(f"{ANNEX}/dela/", sharing.annex_share, name="annex_share"),
    path(f"{ANNEX}/filer/", annex_file.annex_file_create, name="annex_file_create"),
    path(f"{ANNEX}/filer/<int:pk>/ta-bort/", annex_file.annex_file_remove, name="annex_file_remove"),
    path(f"{ANNEX}/bilder/", image.image_upload, name="image_upload"),
    path(f"{ANNEX}/bilder/<str:sha256>/", image.image_detail, name="image_detail"),
    path(f"{ANNEX}/avsnitt/nytt/", structure.section_add, name="section_add"),
    path(f"{SECTION}/", section.section_edit, name="section_edit"),
    path(f"{SECTION}/narvaro/", section.section_presence, name="section_presence"),
    path(f"{SECTION}/flytta/", structure.section_move, name="section_move"),
    path(f"{SECTION}/utelamna/", structure.section_leave_out, name="section_leave_out"),
    path(f"{SECTION}/aterta/", structure.section_restore, name="section_restore"),
    path(f"{SECTION}/uppgifter/", structure.section_describe, name="section_describe"),
    path(f"{SECTION}/kallor/", register.source_edit, name="source_edit"),
    path(f"{SECTION}/definitioner/", register.definition_edit, name="definition_edit"),
    path(f"{SECTION}/blad/", sheet.sheet_edit, name="sheet_edit"),
    path(f"{SECTION}/blad/form/", sheet_shape.sheet_shape, name="sheet_shape"),
    path(f"{SECTION}/blad/ta-bort/", sheet_removal.sheet_remove, name="sheet_remove"),
    path(f"{SECTION}/blad/<int:value_id>/", sheet.sheet_cell, name="sheet_cell"),
    path(f"{SECTION}/omraden/", priority_area.priority_area_list, name="priority_area_list"),
    path(f"{SECTION}/omraden/nytt/", priority_area.priority_area_add, name="priority_area_add"),
    path(f"{AREA}/", priority_area.priority_area_edit, name="priority_area_edit"),
    path(f"{AREA}/flytta/", priority_area.priority_area_move, name="priority_area_move"),
    path("konflikter/<int:pk>/", conflict.conflict_detail, name="conflict_detail"),
]
