"""Who gave notice, for who coordinates; and a shorter term where the parties agreed to that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import documents, withdrawals
from covenants.models import Withdrawal
from covenants.round_forms import ShorterNoticeForm
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_safe
def withdrawal_list(request: HttpRequest, coalition: Coalition, document: str) -> HttpResponse:
    """Every notice under the document, the newest first."""
    covenant = documents.document_of(coalition, document)
    given = (
        Withdrawal.objects.filter(party__covenant=covenant)
        .select_related("party__organisation", "shorter_notice")
        .order_by("-pk")
    )
    context = {"coalition": coalition, "covenant": covenant, "withdrawals": given}
    return render(request, "covenants/withdrawal_list.html", context)


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal_shorten(request: HttpRequest, coalition: Coalition, document: str, pk: int) -> HttpResponse:
    """An earlier day for one of them."""
    person: Any = request.user
    covenant = documents.document_of(coalition, document)
    standing: Any = Withdrawal.objects.standing().select_related("party__organisation", "version")
    given = get_object_or_404(standing, pk=pk, party__covenant=covenant)
    form = ShorterNoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawals.shorten(withdrawal=given, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("effective_on", str(refusal))
        else:
            messages.success(request, "Vastgelegd. Alle partijen krijgen bericht.")
            return redirect("covenants:withdrawal-list", coalition.slug, document)
    context = {"coalition": coalition, "covenant": covenant, "given": given, "form": form}
    return render(request, "covenants/withdrawal_shorten.html", context)
