"""Figures as a file or for programs, with what a cache on the way needs to know."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from monitoring import exports, interpretations, keeping
from portal.tables import csv_response, xlsx_response

KINDS = ("csv", "xlsx", "json")
FIVE_MINUTES = 300

View = Callable[..., HttpResponse]


def table(kind: str, *, name: str, title: str, rows: Sequence[Sequence[Any]]) -> HttpResponse:
    """The rows of `exports` as a file of this kind."""
    match kind:
        case "csv":
            return csv_response(filename=f"{name}.csv", header=exports.HEADER, rows=rows)
        case "xlsx":
            return xlsx_response(filename=f"{name}.xlsx", title=title, header=exports.HEADER, rows=rows)
        case _:
            return json({"cijfers": [dict(zip(exports.HEADER, row, strict=True)) for row in rows]})


def json(document: Any) -> JsonResponse:
    """A document in JSON, with Dutch letters as they are."""
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to take along."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cached_by(choice: Callable[..., object]) -> Callable[[View], View]:
    """The same address gives the same answer until other figures are published, or `choice`, of the
    arguments of the view, gives something else: who asks again with its ETag gets 304, and no figure is
    read. What `choice` refuses, is refused."""

    def decorate(view: View) -> View:
        conditional = condition(etag_func=partial(_etag, choice))(view)

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = conditional(request, *args, **kwargs)
            # What somebody may see only because she logged in is for her alone.
            if request.user.is_authenticated:
                patch_cache_control(response, private=True, no_cache=True)
            else:
                patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
            # For scripts of anybody, on any site: these figures are public and nothing can be changed.
            response["Access-Control-Allow-Origin"] = "*"
            return response

        return answered

    return decorate


def cached(view: View) -> View:
    """The same where figures alone decide what an address gives."""
    return cached_by(lambda *_args, **_kwargs: None)(view)


def release_of(stamp: Sequence[object]) -> int | None:
    """The number of the release in a stamp."""
    return int(str(stamp[0])) if stamp else None


def _etag(choice: Callable[..., object], request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    chosen = choice(request, *args, **kwargs)
    # What partners read in a figure stands in files for them, and changes between releases.
    read = interpretations.newest() if request.user.is_authenticated else None
    made_of = keeping.stamp_with_places()
    words = repr((made_of, read, keeping.edition(), request.get_full_path(), request.user.pk, chosen))
    return f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'
