"""What allauth asks us: nobody signs up by themselves, and letters go through the queue."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from samverkan.accounts.letters import Occasion
from samverkan.accounts.models import User
from samverkan.accounts.tasks import send_password_link


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation (workflow.invite)."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to a job, which makes its own link: a mail server that is down costs nobody a page,
        and how long the answer takes does not tell whether there is such an account."""
        send_password_link.defer(user_id=user.pk, occasion=Occasion.FORGOTTEN.value)
