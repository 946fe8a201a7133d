"""What the portal mailed to the visitor; nobody else can open these pages."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.received_mail import ReceivedMailFilter, mails_to
from partners.requests import PersonRequest
from portal.files import download
from portal.models import StoredFile
from portal.signed_in import signed_in


@signed_in
@require_safe
def received_mail_list(request: PersonRequest) -> HttpResponse:
    """All of it, to search and to order."""
    mails = ReceivedMailFilter(request.GET, mails_to(request.user))
    return render(request, "partners/received_mail_list.html", {"filter": mails})


@signed_in
@require_safe
def received_mail_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One mail; where a code or link stood in it, that can be read only in the mail itself."""
    mail = get_object_or_404(mails_to(request.user).select_related("attachment"), pk=pk)
    return render(request, "partners/received_mail_detail.html", {"mail": mail})


@signed_in
@require_safe
def received_mail_attachment(request: PersonRequest, pk: int) -> HttpResponse:
    """The file that went along with one mail."""
    return download(get_object_or_404(StoredFile, mails__in=mails_to(request.user).filter(pk=pk)))
