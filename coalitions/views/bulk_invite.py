"""The coordinator invites many organisations at once: choose, look at the mail, send."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions import bulk_invitations
from coalitions.access import Permission, requires
from coalitions.bulk_forms import BulkInviteForm, BulkSendForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.MEMBERSHIP_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_invite(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Whom and with which words; posting shows what would be sent, and sends nothing."""
    recipients = bulk_invitations.recipients_of(bulk_invitations.invitable(coalition))
    posted = request.POST if request.method == "POST" else None
    form = BulkInviteForm(posted, recipients=recipients)
    if form.is_bound and form.is_valid():
        return _preview(request, coalition, form)
    return _choose(request, coalition, form, recipients)


@requires(Permission.MEMBERSHIP_CHANGE)
@require_POST
def bulk_send(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Send what the preview showed."""
    recipients = bulk_invitations.recipients_of(bulk_invitations.invitable(coalition))
    form = BulkSendForm(request.POST, recipients=recipients)
    if "aanpassen" in request.POST or not form.is_valid():
        again = BulkInviteForm(request.POST, recipients=recipients)
        return _choose(request, coalition, again, recipients)
    try:
        count = bulk_invitations.invite_together(
            coalition=coalition,
            memberships=[one.membership for one in form.chosen],
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            is_confirmed=form.cleaned_data["is_confirmed"],
            by=request.user,
        )
    except Refused as refusal:
        return _preview(request, coalition, form, refusal=str(refusal))
    messages.success(request, "1 mail gaat weg." if count == 1 else f"{count} mails gaan weg.")
    return redirect("coalitions:pipeline-board", coalition.slug)


def _choose(
    request: PersonRequest,
    coalition: Coalition,
    form: BulkInviteForm,
    recipients: list[bulk_invitations.Recipient],
) -> HttpResponse:
    without = [one.membership for one in recipients if not one.email]
    return render(
        request,
        "coalitions/bulk_invite.html",
        {"coalition": coalition, "form": form, "without_address": without},
    )


def _preview(
    request: PersonRequest, coalition: Coalition, form: BulkInviteForm, *, refusal: str = ""
) -> HttpResponse:
    chosen = form.chosen
    first = chosen[0]
    return render(
        request,
        "coalitions/bulk_preview.html",
        {
            "coalition": coalition,
            "chosen": chosen,
            "first": first,
            "subject": bulk_invitations.filled(form.cleaned_data["subject"], first),
            "text": bulk_invitations.filled(form.cleaned_data["text"], first),
            "form": BulkSendForm(
                initial=form.cleaned_data, recipients=list(form.recipients.values()), count=len(chosen)
            ),
            "refusal": refusal,
            "send_label": "Verstuur 1 mail" if len(chosen) == 1 else f"Verstuur {len(chosen)} mails",
        },
    )
