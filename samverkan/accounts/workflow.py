"""What is done with accounts."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samverkan.accounts.letters import Occasion
from samverkan.accounts.models import User
from samverkan.accounts.tasks import send_password_link


@transaction.atomic
def invite(email: str, name: str, *, by: User, title: str = "") -> User:
    """Give the person at ``email`` an account and mail a link to choose a password.

    Somebody who has an account already keeps it, name and all; who never chose a password gets a new link, and
    who has one gets no letter. The letter's job commits with the account. Who invited is kept in the
    administrators' log. Whether ``by`` may invite is for the caller to ask.
    Raises ValidationError when ``email`` is no address, is too long, or belongs to an account that has been closed.
    """
    email = email.strip()
    User._meta.get_field("email").clean(email, None)
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name.strip(), title=title.strip())
    elif not user.is_active:
        raise ValidationError(_("The account with that address has been closed."), code="closed")
    if not user.has_usable_password():
        send_password_link.defer(user_id=user.pk, occasion=Occasion.INVITATION.value)
        LogEntry.objects.log_actions(by.pk, User.objects.filter(pk=user.pk), CHANGE, "Invited.", single_object=True)
    return user


def account_of(email: str) -> User | None:
    """The account with that address, whatever its letters' case, when there is one."""
    return User.objects.filter(email__iexact=email.strip()).first()
