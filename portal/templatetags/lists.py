"""The parts of a list that stand in its address: filters, order and pages."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.safestring import SafeString

from portal import list_addresses
from portal.templatetags.ui import render

register = template.Library()


@register.simple_tag(takes_context=True)
def sort_header(
    context: template.Context,
    label: str,
    field: str,
    *,
    numeric: bool = False,
    minor: bool = False,
    plain: bool = False,
) -> SafeString:
    """`{% sort_header "Naam" "naam" %}`: a <th> whose link sorts, in the URL as `sorteer`; `minor` and
    `plain` as in portal/stacking.py."""
    href, direction = list_addresses.sorting(context["request"].GET, field)
    return render(
        "sort_header",
        label=label,
        href=href,
        direction=direction,
        numeric=numeric,
        minor=minor,
        plain=plain,
    )


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, label: str, field: str) -> SafeString:
    """`{% sort_link "gemeente" "gemeente" %}`: sorts by what has no column of its own."""
    href, direction = list_addresses.sorting(context["request"].GET, field)
    return render("sort_link", label=label, href=href, direction=direction)


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> SafeString:
    """`{% pagination page %}`: links to the other pages, keeping filters and order."""
    if not page.has_other_pages():
        return SafeString("")
    addresses = list_addresses.Pages(context["request"].GET, page)
    return render("pagination", pages=addresses.all(), previous=addresses.previous(), next=addresses.next())


@register.simple_tag(takes_context=True)
def filter_chips(context: template.Context, form: forms.Form) -> SafeString:
    """`{% filter_chips filter.form %}`: each active filter as a chip whose link removes it."""
    if not form.is_valid():
        return SafeString("")
    query: QueryDict = context["request"].GET
    return render(
        "chips",
        chips=list_addresses.chips(query, form),
        clear_url=list_addresses.without_filters(query, form),
    )


@register.simple_tag(takes_context=True)
def filter_form(
    context: template.Context, form: forms.Form, submit: str = "Toon resultaten", *, folds: bool = True
) -> SafeString:
    """`{% filter_form filter.form %}`: a GET form that keeps the order chosen in the URL.

    Where choosing is what the page is for: `folds=False`.
    """
    request = context.get("request")
    query = request.GET if request else QueryDict()
    return render(
        "filter_form",
        form=form,
        submit=submit,
        sort=query.get("sorteer", ""),
        folds=folds and len(form.visible_fields()) > 1,
        # What was chosen stands below it as chips; who filtered wants to see what was found.
        is_open=bool(form.errors),
    )
