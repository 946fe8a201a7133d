"""Partners read a draft and say what they think of it; the coordinator answers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, can, memberships_within, requires
from coalitions.models import Coalition
from covenants import comments, documents
from covenants.models import CovenantVersion
from covenants.presenters.texts import talks_of, text_page
from covenants.text_forms import AnswerForm, CommentForm
from partners.models import Organisation
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.COVENANT_READ)
@require_safe
def draft_detail(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """The concept with every comment at its part."""
    return _page(request, documents.draft_of(coalition, document))


@requires(Permission.COVENANT_COMMENT)
@require_POST
def comment_add(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """What an organisation says about one part."""
    version = documents.draft_of(coalition, document)
    form = CommentForm(request.POST, organisations=_organisations(request, coalition))
    if form.is_valid():
        try:
            comment = comments.add(version=version, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Je opmerking staat erbij. De coördinator antwoordt hier.")
            return redirect(f"{_address(version)}#opmerking-{comment.pk}")
    return _page(request, version, comment_form=form)


@requires(Permission.COVENANT_WRITE)
@require_POST
def comment_answer(request: PersonRequest, coalition: Coalition, document: str, pk: int) -> HttpResponse:
    """The answer of the coordinator settles a comment."""
    version = documents.draft_of(coalition, document)
    comment = get_object_or_404(version.comments, pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            comments.answer(comment=comment, text=form.cleaned_data["text"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Je antwoord staat erbij.")
            return redirect(f"{_address(version)}#opmerking-{comment.pk}")
    return _page(request, version, answer_form=form, answered=comment.pk)


def _page(request: PersonRequest, version: CovenantVersion, **forms: Any) -> HttpResponse:
    coalition = version.covenant.coalition
    page = text_page(version)
    organisations = _organisations(request, coalition)
    key = request.GET.get("deel", "")
    context = {
        "coalition": coalition,
        "page": page,
        "talks": talks_of(version, page.text),
        "may_comment": can(request.user, Permission.COVENANT_COMMENT, coalition)
        and not version.is_being_sealed,
        "chosen": key,
        "comment_form": CommentForm(initial={"block_key": key}, organisations=organisations),
        "answer_form": AnswerForm(),
        "answered": int(request.GET["antwoord"]) if request.GET.get("antwoord", "").isdecimal() else None,
        **forms,
    }
    if "comment_form" in forms:
        context["chosen"] = forms["comment_form"].data.get("block_key", "")
    return render(request, "covenants/draft_detail.html", context)


def _organisations(request: PersonRequest, coalition: Coalition) -> QuerySet[Organisation]:
    """For whom she may speak here: her own organisations, the coordinator for every member."""
    within = memberships_within(request.user, Permission.COVENANT_COMMENT, coalition)
    return Organisation.objects.filter(pk__in=within.members().values("organisation")).order_by("sort_key")


def _address(version: CovenantVersion) -> str:
    return reverse("covenants:draft-detail", args=[version.covenant.coalition.slug, version.covenant.slug])
