"""What a page says after an act: what came of it, or why it was refused, where somebody can mend it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from portal.acts import Refused
from portal.revisions import ChangedMeanwhile


def carried_out(
    request: HttpRequest, form: forms.BaseForm, operation: Callable[..., object], sentence: str
) -> bool:
    """Whether `form` was sent, is right, and `operation` did what it asks; then `sentence` is said.

    A refusal stands on the form as an error, with everything that was filled in. Where somebody else
    changed the same meanwhile, sending it once more writes over what is there now.
    """
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        operation(**form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            data = cast(QueryDict, form.data).copy()
            data[form.add_prefix("seen")] = str(refusal.revision)
            form.data = data
        return False
    messages.success(request, sentence)
    return True


def done(request: HttpRequest, operation: Callable[[], object], sentence: str, target: Any) -> HttpResponse:
    """Do one act and go on to `target`, an address or what has one, with what came of it."""
    try:
        operation()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(target)
