"""Addresses of what is submitted, decided, signed, ended and removed."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from agreements.views import (
    comment,
    decision,
    ending,
    matter,
    proposal,
    registration,
    removal,
    signing,
    submission,
    task,
)
from agreements.views.matter_step import STEPS as MATTER_STEPS
from agreements.views.matter_step import matter_step
from agreements.views.route_parts import AGREEMENT, ANNEX


class StepConverter:
    """The words in the address of a proposal's moves; any other word is no address."""

    regex = "|".join(sorted(proposal.STEPS, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MatterStepConverter(StepConverter):
    """The words of the moves of a whole matter."""

    regex = "|".join(sorted(MATTER_STEPS))


register_converter(StepConverter, "step")
register_converter(MatterStepConverter, "matter_step")

urlpatterns: list[URLPattern] = [
    path(f"{ANNEX}/skicka/", submission.submission_create, name="submission_create"),
    path(f"{ANNEX}/sedd-utan-andring/", decision.review_create, name="review_create"),
    path(f"{ANNEX}/avsluta/", ending.annex_end, name="annex_end"),
    path(f"{ANNEX}/fortsatter/", ending.annex_go_on, name="annex_go_on"),
    path(f"{AGREEMENT}/avsluta/", ending.agreement_end, name="agreement_end"),
    path(f"{ANNEX}/kommentera/", comment.draft_comment, name="draft_comment"),
    path(f"{ANNEX}/version/<int:version>/kommentera/", comment.revision_comment, name="revision_comment"),
    path(f"{ANNEX}/version/<int:version>/ta-bort/", removal.removal_create, name="removal_create"),
    path(f"{AGREEMENT}/filer/<str:sha256>/ta-bort/", removal.file_removal_create, name="file_removal_create"),
    path("borttagningar/<int:pk>/", removal.removal_detail, name="removal_detail"),
    path("borttagningar/<int:pk>/bekrafta/", removal.removal_confirm, name="removal_confirm"),
    path("borttagningar/<int:pk>/avsla/", removal.removal_reject, name="removal_reject"),
    path("borttagningar/<int:pk>/ta-tillbaka/", removal.removal_withdraw, name="removal_withdraw"),
    path("kommentarer/<int:pk>/svara/", comment.comment_answer, name="comment_answer"),
    path("kommentarer/<int:pk>/klar/", comment.comment_resolve, name="comment_resolve"),
    path(f"{AGREEMENT}/arenden/nytt/", submission.matter_create, name="matter_create"),
    path(f"{AGREEMENT}/registrera/", registration.registration_create, name="registration_create"),
    path(f"{AGREEMENT}/registrera/beslut/", registration.registration_decided, name="registration_decided"),
    path(f"{AGREEMENT}/registrera/underskrift/", registration.registration_signed, name="registration_signed"),
    path(f"{AGREEMENT}/underskrift/ny/", signing.manifest_create, name="manifest_create"),
    path("arenden/<int:pk>/", matter.matter_detail, name="matter_detail"),
    path("arenden/<int:pk>/bifall/", matter.matter_assent, name="matter_assent"),
    path("arenden/<int:pk>/<matter_step:word>/", matter_step, name="matter_step"),
    path("arenden/<int:pk>/skriv-ut/", matter.matter_print, name="matter_print"),
    path("arenden/<int:pk>/beslut/skriv-ut/", matter.matter_record_print, name="matter_record_print"),
    path("forslag/<int:pk>/", proposal.proposal_detail, name="proposal_detail"),
    path("forslag/<int:pk>/<step:word>/", proposal.proposal_step, name="proposal_step"),
    path("beslut/<int:pk>/", decision.decision_detail, name="decision_detail"),
    path("beslut/<int:pk>/skriv-ut/", decision.decision_print, name="decision_print"),
    path("beslut/<int:pk>/ratta/", decision.correction_create, name="correction_create"),
    path("avslut/<int:pk>/", ending.ending_detail, name="ending_detail"),
    path("avslut/<int:pk>/bekrafta/", ending.ending_confirm, name="ending_confirm"),
    path("avslut/<int:pk>/bestrid/", ending.ending_dispute, name="ending_dispute"),
    path("avslut/<int:pk>/ta-tillbaka/", ending.ending_withdraw, name="ending_withdraw"),
    path("uppgifter/<int:pk>/klar/", task.task_finish, name="task_finish"),
    path("underskrift/<int:pk>/", signing.manifest_detail, name="manifest_detail"),
    path("underskrift/<int:pk>/skriv-ut/", signing.manifest_print, name="manifest_print"),
    path("underskrift/<int:pk>/undertecknare/", signing.signatories_edit, name="signatories_edit"),
    path("underskrift/<int:pk>/undertecknare/<int:signatory_pk>/", signing.signature_create, name="signature_create"),
    path("underskrift/<int:pk>/ovanifran/", signing.higher_decision_create, name="higher_decision_create"),
    path("underskrift/<int:pk>/ovanifran/<int:needed_pk>/", signing.higher_decision_edit, name="higher_decision_edit"),
    path("underskrift/<int:pk>/skannad-sida/", signing.scan_create, name="scan_create"),
    path("underskrift/<int:pk>/ge-upp/", signing.manifest_give_up, name="manifest_give_up"),
    path("underskrift/<int:pk>/bekrafta/", signing.manifest_confirm, name="manifest_confirm"),
    path("underskrift/<int:pk>/bestrid/", signing.manifest_dispute, name="manifest_dispute"),
    path("underskrift/<int:pk>/ta-tillbaka/", signing.manifest_withdraw, name="manifest_withdraw"),
    path("underskrift/<int:pk>/original/", signing.originals_edit, name="originals_edit"),
]
