"""Forms say on its field what a period or a name lacks; two rows may change terms with each other in one go."""

from django.db import migrations, models

from samverkan.periods import RunsForward

PERIODS = (
    ("affiliation", "affiliation_runs_forward", "starts_on", "ends_on"),
    ("agreement", "agreement_runs_forward", "starts_on", "ends_on"),
    ("contact", "contact_runs_forward", "starts_on", "ends_on"),
    ("governinggroup", "group_runs_forward", "starts_on", "ends_on"),
    ("membership", "membership_runs_forward", "starts_on", "ends_on"),
    ("organisationname", "organisation_name_period_runs_forward", "valid_from", "valid_to"),
)

TERMS = (
    ("definition", "definition_once_per_annex", ("annex", "term")),
    ("party", "party_term_once_per_agreement", ("agreement", "defined_term")),
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0008_manifests_list_what_is_followed")]

    operations = [
        *(migrations.RemoveConstraint(model, name) for model, name, *_ends in PERIODS),
        *(
            migrations.AddConstraint(model, RunsForward(start=start, end=end, name=name))
            for model, name, start, end in PERIODS
        ),
        *(migrations.RemoveConstraint(model, name) for model, name, _fields in TERMS),
        *(
            migrations.AddConstraint(
                model, models.UniqueConstraint(fields=fields, name=name, deferrable=models.Deferrable.DEFERRED)
            )
            for model, name, fields in TERMS
        ),
        migrations.AlterConstraint(
            "governinggroup",
            "group_name_once_per_agreement",
            models.UniqueConstraint(
                fields=("agreement", "name"),
                name="group_name_once_per_agreement",
                violation_error_message="There is already a group with that name.",
            ),
        ),
        migrations.AlterConstraint(
            "organisation",
            "organisation_succeeds_another",
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("id")),
                name="organisation_succeeds_another",
                violation_error_message="An organisation does not succeed itself.",
            ),
        ),
    ]
