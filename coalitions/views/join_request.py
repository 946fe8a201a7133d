"""An organisation asks to take part, in four short steps and without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import join_requests
from coalitions.access import readable_by
from coalitions.join_drafts import JoinDraft
from coalitions.join_forms import CHECK, STEPS
from coalitions.models import Coalition, JoinRequest
from portal.acts import Refused
from portal.rate_limits import is_allowed

RATES = "10/h/ip,3/d/key"


@login_not_required
@require_safe
def join_request_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on where somebody was."""
    draft = JoinDraft(request.session, _coalition(request, slug))
    return redirect("coalitions:join-request-step", slug, draft.first_open_step() or CHECK)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_request_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step; what is right is kept, also for who goes back."""
    coalition = _coalition(request, slug)
    if step == CHECK:
        return _check(request, coalition)
    if step not in STEPS:
        raise Http404
    draft = JoinDraft(request.session, coalition)
    form = draft.fill(step, request.POST.dict()) if request.method == "POST" else draft.form(step)
    if form.is_bound and form.is_valid():
        return redirect("coalitions:join-request", slug)
    number = list(STEPS).index(step) + 1
    return render(
        request,
        "coalitions/join_request_step.html",
        {
            "coalition": coalition,
            "form": form,
            "title": STEPS[step][0],
            "number": number,
            "previous": list(STEPS)[number - 2] if number > 1 else "",
        },
    )


def _check(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Everything once more, and the button that sends it."""
    draft = JoinDraft(request.session, coalition)
    if (missing := draft.first_open_step()) is not None:
        return redirect("coalitions:join-request-step", coalition.slug, missing)
    refusal = ""
    if request.method == "POST":
        try:
            sent = _send(request, coalition, draft)
        except Refused as refused:
            refusal = str(refused)
        else:
            draft.clear()
            request.session["aanmelding"] = sent.pk
            return redirect("coalitions:join-request-done", coalition.slug)
    return render(
        request,
        "coalitions/join_request_check.html",
        {"coalition": coalition, "answers": draft.shown(), "refusal": refusal},
    )


def _send(request: HttpRequest, coalition: Coalition, draft: JoinDraft) -> JoinRequest:
    details = draft.details()
    if not is_allowed(request, action="join_request", rates=RATES, key=details["contact_email"].lower()):
        raise TooOften
    applicant = request.user if request.user.is_authenticated else None
    return join_requests.submit(coalition=coalition, applicant=applicant, **details)


class TooOften(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Er zijn vanaf dit adres kort na elkaar veel aanmeldingen gedaan. Wat u invulde, blijft staan. "
            "Probeer het over een uur nog eens, of neem contact op."
        )


@login_not_required
@require_safe
def join_request_done(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens now, for who has just sent a request."""
    coalition = _coalition(request, slug)
    sent = coalition.join_requests.filter(pk=request.session.get("aanmelding", 0)).first()
    if sent is None:
        return redirect("coalitions:join-request", slug)
    return render(request, "coalitions/join_request_done.html", {"coalition": coalition, "sent": sent})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_request_own(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """By the link in the mail: where the request stands, and a way to take it back."""
    coalition = get_object_or_404(Coalition, slug=slug)
    own = join_requests.find(coalition, token)
    if own is None:
        raise Http404
    if request.method == "POST":
        try:
            own = join_requests.withdraw(request=own)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Uw aanmelding is ingetrokken.")
        return redirect("coalitions:join-request-own", slug, token)
    return render(request, "coalitions/join_request_own.html", {"coalition": coalition, "own": own})


def _coalition(request: HttpRequest, slug: str) -> Coalition:
    return get_object_or_404(readable_by(request.user), slug=slug, accepts_requests=True)
