"""What the pages about money share: finding the year, and a page with one form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actions.models import BudgetYear
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import carried_out


def budget_of(coalition: Coalition, year: int) -> BudgetYear:
    """The budget of that year, or 404."""
    return get_object_or_404(coalition.budget_years.select_related("coalition"), year=year)


def budget_form_page(
    request: PersonRequest,
    coalition: Coalition,
    form: forms.Form,
    operation: Callable[..., object],
    *,
    title: str,
    submit: str,
    sentence: str,
    back: str,
    lead: str = "",
    template: str = "actions/budget_form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form about money: show it, or do what was filled in and go back."""
    if carried_out(request, form, operation, sentence):
        return redirect(back)
    context: dict[str, Any] = {
        "coalition": coalition,
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "cancel_url": back,
        **more,
    }
    return render(request, template, context)
