"""One business act: all of it or nothing, with the acting person in the history.

Every operation of the house opens `with act(by=person):`. A refusal leaves it as `Refused`, in
words for who tried it, whether a check, a constraint or a trigger said no.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


class Refused(Exception):
    """A rule of the domain does not allow this act; the text is for the person who tried it."""


@contextmanager
def act(*, by: Any) -> Iterator[None]:
    """Do what stands inside as one act of `by`, who is None for the portal itself."""
    try:
        with transaction.atomic(), pghistory.context(user=by.pk if by else None):
            yield
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except IntegrityError as error:
        sentence = _sentence_of(error)
        if sentence is None:
            raise
        raise Refused(sentence) from error


def _sentence_of(error: IntegrityError) -> str | None:
    """What a broken constraint or trigger has to say; None where it has no words of ours."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return None
    if diagnosis.constraint_name is None:
        # Triggers of the house raise with a sentence and no constraint; a blank column has a name.
        return diagnosis.message_primary if diagnosis.column_name is None else None
    words = {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }
    return words.get(diagnosis.constraint_name)
