"""Swedish order in the database, whatever its collation: … x y z å ä ö; other letters come with those they resemble."""

from django.db.models import CharField, Func

LETTERS = "åÅäÄæÆöÖøØáÁàÀéÉèÈêÊëËíÍñÑóÓüÜ"
PLACES = "{{||||}}}}aaaaeeeeeeeeiinnooyy"


class Swedish(Func):
    """Names to order by: ``order_by(Swedish("name"))``, ``ordering = [Swedish("name")]``. Capitals count as small.

    In ASCII, which COLLATE "C" goes by, { | } are the signs after z. The embedded PostgreSQL has no ICU, and that of
    an installation may have any collation; where it is "C", ``lower`` knows no letters but a to z. As in Unicode's
    order for Swedish ü is a y, æ an ä and ø an ö. Each letter more makes every row dearer.
    """

    template = f"""translate(lower(%(expressions)s), '{LETTERS}', '{PLACES}') COLLATE "C\""""
    output_field = CharField()
