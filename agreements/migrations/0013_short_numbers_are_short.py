"""Short numbers that were kept as if they had an area code are put right: "+46116111" becomes "116111"."""

from django.db import migrations

SHORT = "^[+]46(11[34][0-9]{2}|117[0-9]|11[68][0-9]{3})$"
"""No number with an area code has so few digits."""

MEND = [
    ("UPDATE agreements_contact SET phone = substr(phone, 4) WHERE phone ~ %s", [SHORT]),
    ("UPDATE agreements_contact SET mobile = substr(mobile, 4) WHERE mobile ~ %s", [SHORT]),
]


class Migration(migrations.Migration):
    dependencies = [("agreements", "0012_who_acts_for_a_party")]

    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
