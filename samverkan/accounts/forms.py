"""Allauth's forms in the portal's words: the label names the field, so no grey text in it says the same again."""

from typing import Any

from allauth.account import forms
from django.forms import Field
from django.utils.translation import gettext_lazy as _


def name_email(field: Field) -> None:
    """Call the field what it is called everywhere; allauth's Swedish says "Epost"."""
    field.label = _("E-mail address")
    field.widget.attrs.pop("placeholder", None)


class SignInForm(forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """The page has its own way to a new password, below."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_email(self.fields["login"])
        password = self.fields["password"]
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)


class PasswordResetForm(forms.ResetPasswordForm):  # type: ignore[misc]  # likewise
    """Where to send the link to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_email(self.fields["email"])
