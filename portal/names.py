"""Names sort the same in every PostgreSQL build, accents and capitals aside."""

from django.db import models
from django.db.models import F, Func


class SortKey(Func):
    """The bytes to sort a name by; see the function in the first migration of this app."""

    function = "portal_sort_key"
    output_field = models.BinaryField()


def sort_key_of(column: str) -> models.GeneratedField:
    """A stored sort key of the text in `column`."""
    return models.GeneratedField(
        expression=SortKey(F(column)),
        output_field=models.BinaryField(),
        db_persist=True,
        editable=False,
    )
