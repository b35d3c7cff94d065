"""Contacts change without any decision: logged, dated, and outside every hash (R142)."""

from __future__ import annotations

from django.db import transaction

from agreements.models import Contact
from agreements.policies.contact import may_manage_contacts
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused


@transaction.atomic
def save_contact(contact: Contact, *, by: User, reason: str = "") -> Contact:
    """Write a new or changed contact; phone numbers come out normalised (R141). ValidationError as full_clean."""
    if not (verdict := may_manage_contacts(by, contact.agreement)):
        raise TransitionRefused(verdict)
    contact.full_clean()
    remember_why(contact, reason, by=by)
    contact.save()
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: User) -> None:
    """Take a contact away; the history keeps it as long as the law wants."""
    if not (verdict := may_manage_contacts(by, contact.agreement)):
        raise TransitionRefused(verdict)
    remember_why(contact, "", by=by)
    contact.delete()
