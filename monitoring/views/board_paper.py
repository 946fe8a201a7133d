"""The board page on one sheet of paper."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from monitoring.board_agreements import agreements_of
from monitoring.board_facts import facts_of
from monitoring.board_figures import figures_of
from monitoring.board_money import money_for_board
from monitoring.board_offer import offer_of
from monitoring.board_paper import Paper, board_pdf
from monitoring.board_progress import progress_for_board
from monitoring.views.board import own_municipality


@require_safe
@requires(Permission.BOARD_READ)
def board_paper(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What the page says to who asks, as a PDF."""
    own = own_municipality(request.user, coalition)
    facts = facts_of(coalition, request.user)
    paper = Paper(
        coalition=coalition,
        municipality=own,
        figures=figures_of(coalition.area, own, facts["codes"], facts["chosen"]),
        agreements=agreements_of(coalition, own, documents=facts["documents"]),
        items=list(coalition.board_items.open().for_board()),
        progress=progress_for_board(coalition),
        offer=offer_of(coalition, own),
        money=money_for_board(coalition) if can(request.user, Permission.BUDGET_READ, coalition) else None,
    )
    response = HttpResponse(board_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bestuur-{coalition.slug}.pdf"'
    return response
