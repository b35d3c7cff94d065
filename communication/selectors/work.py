"""What waits for somebody in "Mitt arbete" because of letters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.selectors.work_item import Item
from communication.selectors.deliveries import unattended_by_agreement
from samverkan.accounts.models import User


def letters_that_failed(user: User) -> list[Item]:
    """A row for each agreement of which a coordinator has not looked at letters that did not go."""
    return [
        Item(
            ngettext("A letter did not go", "%(count)d letters did not go", count) % {"count": count},
            _("Not sent, or it is uncertain whether they went."),
            agreement,
            _("See who was to be told"),
            f"{reverse('communication:agreement_delivery_list', args=[agreement.slug])}?visa=misslyckade",
        )
        for agreement, count in unattended_by_agreement(user)
    ]
