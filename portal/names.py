"""Names sort and are found the same in every PostgreSQL build, accents and capitals aside."""

import unicodedata

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan


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


class _Position(Func):
    """Where one text of bytes begins in another; 0 where it does not occur."""

    function = "position"
    arg_joiner = " IN "
    output_field = models.IntegerField()


def position_of(text: str, key: str | Combinable = "sort_key") -> Func:
    """Where `text` begins in the name with this sort key, a column or worked out; 0 where it is not."""
    return _Position(SortKey(Value(text)), F(key) if isinstance(key, str) else key)


def name_holds(text: str, key: str | Combinable = "sort_key") -> GreaterThan:
    """A condition: the name with this sort key holds `text`.

    Reads the stored key; taking the accents off every name at every search costs a hundred times more.
    """
    return GreaterThan(position_of(text, key), Value(0))


def fold(text: str) -> str:
    """`text` without accents and capitals, to search in names that are in memory already."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()
