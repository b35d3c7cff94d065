"""What a decision made necessary."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.permissions import Perm
from agreements.policies.decision import visible_tasks
from agreements.rights import agreements_with
from agreements.workflow.decision import finish_task
from samverkan.accounts.http import AuthenticatedHttpRequest


@require_POST
def task_finish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say that what a decision made necessary has been done."""
    mine = agreements_with(request.user, Perm.EDIT_TEXTS)
    task = get_object_or_404(visible_tasks(request.user).select_related("decision"), agreement__in=mine, pk=pk)
    finish_task(task, by=request.user)
    messages.success(request, _("Marked as done."))
    return redirect(task.decision)
