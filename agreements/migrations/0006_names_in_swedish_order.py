"""Agreements, groups and organisations come in Swedish order in every list that does not say otherwise. Changes no
table."""

from django.db import migrations

from samverkan.swedish import Swedish


class Migration(migrations.Migration):
    dependencies = [("agreements", "0005_proposals_that_came_back_are_found")]

    operations = [
        migrations.AlterModelOptions(
            name="agreement",
            options={
                "ordering": [Swedish("title"), "id"],
                "permissions": [
                    ("read_in_force", "Can read what is in force"),
                    ("read_proposed", "Can read what is on its way"),
                    ("read_drafts", "Can read shared drafts"),
                    ("read_records", "Can see all official records of the own authority"),
                    ("edit_texts", "Can edit the working texts"),
                    ("submit", "Can submit and withdraw"),
                    ("manage_groups", "Can manage groups and contacts"),
                    ("enter_decision", "Can enter decisions taken at a meeting"),
                    ("comment", "Can comment"),
                    ("prepare", "Can forward or refer back"),
                    ("decide", "Can decide for a party"),
                    ("sign", "Can sign for a party"),
                ],
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
            },
        ),
        migrations.AlterModelOptions(
            name="governinggroup",
            options={
                "ordering": ["agreement", "kind", Swedish("name")],
                "verbose_name": "group",
                "verbose_name_plural": "groups",
            },
        ),
        migrations.AlterModelOptions(
            name="organisation",
            options={
                "ordering": [Swedish("name"), "id"],
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
            },
        ),
    ]
