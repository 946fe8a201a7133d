"""Proposing what to ask of those who govern, and deciding on what was proposed."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import board_items, board_proposals
from monitoring.board_forms import DeclineProposalForm, ProposalForm, TakeOverForm
from monitoring.models import BoardProposal
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out


@requires(Permission.BOARD_ITEM_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def board_item_propose(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """One thing to ask, laid before who may ask it."""
    form = ProposalForm(*sent(request), governments=board_items.governments(coalition))
    return _page(
        request,
        coalition,
        form,
        partial(board_proposals.propose, coalition=coalition, by=request.user),
        title="Stel een bespreekpunt voor",
        submit="Stel voor",
        lead="De coördinator kijkt of het op de pagina voor bestuurders komt. Je krijgt antwoord per mail.",
        sentence="Je voorstel is verstuurd. De coördinator antwoordt per mail.",
    )


@requires(Permission.BOARD_ITEM_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def board_proposal_take_over(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It is asked, in these words."""
    proposal = _proposal(coalition, pk)
    return _page(
        request,
        coalition,
        TakeOverForm(*sent(request)),
        partial(board_proposals.take_over, proposal=proposal, by=request.user),
        proposal=proposal,
        title="Neem dit voorstel over",
        submit="Zet op de pagina",
        sentence="Het bespreekpunt staat op de pagina. Wie het aangaat, krijgt een mail.",
    )


@requires(Permission.BOARD_ITEM_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def board_proposal_decline(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It is not asked now."""
    proposal = _proposal(coalition, pk)
    return _page(
        request,
        coalition,
        DeclineProposalForm(*sent(request)),
        partial(board_proposals.decline, proposal=proposal, by=request.user),
        proposal=proposal,
        title="Neem dit voorstel niet over",
        submit="Verstuur dit antwoord",
        sentence=f"{proposal.proposed_by} krijgt een mail met je antwoord.",
    )


def _proposal(coalition: Coalition, pk: int) -> BoardProposal:
    return get_object_or_404(coalition.board_proposals.open().for_list(), pk=pk)


def _page(
    request: PersonRequest, coalition: Coalition, form: forms.Form, act: Any, *, sentence: str, **words: Any
) -> HttpResponse:
    if carried_out(request, form, act, sentence):
        return redirect("monitoring:board-item-list", coalition.slug)
    return render(request, "monitoring/board_proposal.html", {"coalition": coalition, "form": form, **words})
