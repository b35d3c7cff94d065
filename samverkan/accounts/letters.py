"""The letters with a link to choose a password."""

from enum import StrEnum

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samverkan.accounts.models import User


class Occasion(StrEnum):
    """Why somebody gets a link."""

    INVITATION = "invitation"
    FORGOTTEN = "forgotten"


def password_link(user: User) -> str:
    """An absolute address where ``user`` can choose a password, once, for PASSWORD_RESET_TIMEOUT seconds.

    The key is allauth's own; it stops working with the next password or e-mail address.
    """
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.BASE_URL}{path}"


def password_letter(user: User, occasion: Occasion) -> EmailMessage:
    """The letter to ``user``, in Swedish, with a new link."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = {
            Occasion.INVITATION: _("You have got an account in Samverkan"),
            Occasion.FORGOTTEN: _("Choose a new password in Samverkan"),
        }[occasion]
        context = {
            "link": password_link(user),
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
            "start": f"{settings.BASE_URL}{reverse('account_reset_password')}",
        }
        body = render_to_string(f"emails/{occasion}.txt", context).strip()
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
