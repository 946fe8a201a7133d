"""The shared parts of every screen, one tag per template in templates/components/."""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from portal import browsers, days, list_addresses, stacking

register = template.Library()

# Which icon stands beside the word, so that no status is told by colour alone.
STATUS_ICONS = {
    "success": "check",
    "warning": "attention",
    "danger": "stop",
    "info": "info",
    "neutral": "dot",
}
ALERT_KINDS = {"info": "info", "success": "ok", "warning": "warning", "danger": "error"}
BUTTON_KINDS = {
    "primary": "primary-action",
    "secondary": "secondary-action",
    "danger": "primary-action danger",
    "subtle": "subtle",
}


# Parts of these kinds say all there is to know about a component: drawn once, it stays the same.
PLAIN = (str, SafeString, int, bool, NoneType)
LONGEST_KEPT = 500


def render(name: str, /, **context: Any) -> SafeString:
    """Render one component with nothing in its context but what is given."""
    if all(type(part) in PLAIN for part in context.values()) and _length(context) <= LONGEST_KEPT:
        return _kept(name, **context)
    return render_to_string(f"components/{name}.html", context)


def _length(context: dict[str, Any]) -> int:
    return sum(len(part) for part in context.values() if isinstance(part, str))


# Typed, because a text and the same text that counts as HTML are equal.
@lru_cache(maxsize=2048, typed=True)
def _kept(name: str, /, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


class RepeatedBlock(template.Node):
    """A block of the page shown a second time."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        """Render the youngest definition of the block, or nothing."""
        return BlockNode(self.name, template.NodeList()).render(context)


@register.tag
def repeat_block(_parser: template.base.Parser, token: template.base.Token) -> RepeatedBlock:
    """`{% repeat_block title %}`: so that one block is both the <title> and the h1."""
    _, name = token.split_contents()
    return RepeatedBlock(name)


@register.simple_block_tag
def if_filled(content: str, element: str, classes: str, *, label: str = "") -> SafeString:
    """`{% if_filled "p" "lead" %}…{% endif_filled %}`: no element at all around an empty block."""
    if not content.strip():
        return SafeString("")
    named = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<{0} class="{1}"{2}>{3}</{0}>', element, classes, named, content)


@register.filter
def browser_words(user_agent: str) -> str:
    """`{{ session.user_agent|browser_words }}`: "Chrome op Windows"."""
    return browsers.described(user_agent)


@register.filter(expects_localtime=True)
def day(moment: datetime.date | None) -> str:
    """`{{ signed_on|day }}`: "3 februari 2026"; of a moment its day on our clock, and nothing of nothing."""
    return days.in_words(_day_of(moment)) if moment else ""


@register.filter(expects_localtime=True)
def short_day(moment: datetime.date | None) -> str:
    """`{{ joined_on|short_day }}`: "3 feb 2026", as above."""
    return days.shortly(_day_of(moment)) if moment else ""


def _day_of(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check" %}`: a decorative picture; the words beside it carry the meaning."""
    return render(f"icons/{name}")


@register.simple_tag
def button(
    label: str,
    href: str = "",
    *,
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    html_id: str = "",
    html_type: str = "submit",
    download: bool = False,
) -> SafeString:
    """`{% button "Opslaan" %}` submits; with an address it is a link that looks the same."""
    element = "button-link" if href else "button"
    classes = [f"utrecht-{element}"]
    if href:
        classes.append("utrecht-button-link--html-a")
    classes.extend(f"utrecht-{element}--{part}" for part in BUTTON_KINDS[kind].split())
    return render(
        "button",
        label=label,
        href=href,
        classes=" ".join(classes),
        icon=icon,
        name=name,
        value=value,
        form=form,
        id=html_id,
        type=html_type,
        download=download,
    )


@register.simple_tag
def badge(label: str, kind: str = "neutral", icon: str = "") -> SafeString:
    """`{% badge "Lid" "success" %}`: a status as icon and word."""
    return render("badge", label=label, kind=kind, icon=icon or STATUS_ICONS[kind])


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    href: str = "",
    *,
    kind: str = "",
    eyebrow: str = "",
    level: int = 3,
) -> SafeString:
    """`{% card "Titel" href=url %}…{% endcard %}`: a block that belongs together."""
    return render("card", content=content, title=title, href=href, kind=kind, eyebrow=eyebrow, level=level)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", *, role: str = "") -> SafeString:
    """`{% alert "warning" title="Let op" %}…{% endalert %}`: a message on the page."""
    return render(
        "alert",
        content=content,
        kind=kind,
        style=ALERT_KINDS[kind],
        title=title,
        role=role,
        icon=STATUS_ICONS[kind],
    )


# What stands in the head of every summary of errors (templates/forms/error_summary.html).
ERROR_SUMMARY = 'class="error-summary"'


@register.simple_block_tag
def fold(content: str, summary: str) -> SafeString:
    """`{% fold "Trek in" %}…{% endfold %}`: closed, unless a form in it came back with errors."""
    return render("fold", content=content, summary=summary, is_open=ERROR_SUMMARY in content)


@register.simple_block_tag
def table(content: str, caption: str, *, hide_caption: bool = False) -> SafeString:
    """`{% table "Leden" %}<thead>…</thead><tbody>…</tbody>{% endtable %}`: on a phone each row is a block."""
    rows = stacking.stacked(content)
    return render(
        "table",
        # Only words that stand in it already were put on its cells.
        content=content if rows is None else mark_safe(rows),  # noqa: S308
        caption=caption,
        hide_caption=hide_caption,
        is_stacked=rows is not None,
        has_minor=rows is not None and stacking.MINOR in rows,
    )


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
        clear_url=list_addresses.without_filters(query),
    )


@register.simple_tag
def empty_state(sentence: str, action: str = "", href: str = "") -> SafeString:
    """`{% empty_state "Geen leden met deze filters." "Wis alle filters" url %}`."""
    return render("empty_state", sentence=sentence, action=action, href=href)


@register.simple_tag
def progress(label: str, done: int, total: int, unit: str = "") -> SafeString:
    """`{% progress "Cijfers berekenen" 13 14 "gemeenten" %}`: real progress, with its words."""
    return render("progress", label=label, done=done, total=total, unit=unit)


@register.simple_tag
def stat(
    label: str,
    value: Any = None,
    *,
    unit: str = "",
    period: str = "",
    source: str = "",
    comparison: str = "",
    missing: str = "",
    note: str = "",
    kind: str = "",
    href: str = "",
) -> SafeString:
    """`{% stat "Inwoners" "516.266" period="2022" source="CBS" %}`: one headline figure."""
    return render(
        "stat",
        label=label,
        value=value,
        unit=unit,
        period=period,
        source=source,
        comparison=comparison,
        missing=missing,
        note=note,
        kind=kind,
        href=href,
    )


@register.simple_tag
def data_list(rows: Iterable[Sequence[Any]]) -> SafeString:
    """`{% data_list rows %}`: pairs of term and description; pairs without a value are left out."""
    return render("data_list", rows=[row for row in rows if row[1] not in (None, "")])


@register.simple_tag
def breadcrumb(*steps: str) -> SafeString:
    """`{% breadcrumb "Home" home_url "Leden" %}`: label and address in turns, the last a label."""
    labels, addresses = steps[::2], steps[1::2]
    links = list(zip(labels, addresses, strict=False))
    return render("breadcrumb", links=links, current=labels[-1])


@register.simple_tag
def section_menu(title: str, entries: Iterable[Sequence[Any]]) -> SafeString:
    """`{% section_menu coalition.name entries %}`: entries of (label, address, is_current)."""
    shown = list(entries)
    here = next((label for label, _, is_current in shown if is_current), "")
    return render("section_menu", title=title, here=here, entries=shown)


@register.simple_tag
def tabs(label: str, entries: Iterable[Sequence[Any]]) -> SafeString:
    """`{% tabs "Periode" entries %}`: views of the same thing, as (label, address, is_current)."""
    return render("tabs", label=label, entries=list(entries))


@register.simple_tag
def copy_button(text: str, label: str = "Kopieer") -> SafeString:
    """`{% copy_button addresses "Kopieer adressen" %}`: the text itself stays readable."""
    return render("copy_button", text=text, label=label, id=f"kopie-{slugify(label)}")


@register.simple_tag
def nav_link(label: str, href: str) -> SafeString:
    """One entry of the top menu; the header marks the one that leads to its page."""
    return render("nav_link", label=label, href=href)


NAV_LINK = re.compile(r'<a class="nav-link" href="([^"]*)"')


@register.simple_tag(takes_context=True)
def page_header(context: template.Context) -> SafeString:
    """`{% page_header %}`: the top menu, in which links to this page and to what lies above it are marked.

    The rest is the same on every page for the same person, and is drawn once.
    """
    user = context.get("user")
    is_logged_in = bool(user and user.is_authenticated)
    header = render(
        "header",
        portal_name=context.get("portal_name"),
        is_logged_in=is_logged_in,
        user_name=str(user) if is_logged_in else "",
    )
    path = escape(getattr(context.get("request"), "path", ""))

    def marked(link: re.Match[str]) -> str:
        if not path.startswith(link[1]):
            return link[0]
        return f'{link[0]} aria-current="{"page" if path == link[1] else "true"}"'

    # The addresses in it were escaped by the template.
    return mark_safe(NAV_LINK.sub(marked, header))  # noqa: S308


@register.simple_tag
def page_assets() -> SafeString:
    """`{% page_assets %}`: icon, look and scripts, whose names are looked up once."""
    return render("page_assets")


@register.simple_tag(takes_context=True)
def page_footer(context: template.Context) -> SafeString:
    """`{% page_footer %}`: links that stand at the same place on every page."""
    return render("footer", portal_name=context.get("portal_name"))


def token_in(context: template.Context) -> Any:
    """The token that every form sends along. A part that is included with `only` does not have it in its
    context, but knows the request."""
    request = getattr(context, "request", None)
    return context.get("csrf_token") or (request and SimpleLazyObject(lambda: get_token(request)))


@register.simple_block_tag(takes_context=True)
def form(
    context: template.Context,
    content: str,
    form: forms.BaseForm,
    submit: str = "Opslaan",
    *,
    action: str = "",
    cancel: str = "",
    kind: str = "primary",
    html_id: str = "",
) -> SafeString:
    """`{% form form "Opslaan" cancel=url %}{% endform %}`: a whole POST form with its buttons."""
    return render(
        "form",
        form=form,
        content=content,
        submit=submit,
        action=action,
        cancel=cancel,
        kind=kind,
        id=html_id,
        csrf_token=token_in(context),
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: template.Context,
    label: str,
    action: str,
    *,
    kind: str = "secondary",
    icon: str = "",
    name: str = "",
    value: str = "",
    confirm: str = "",
    asks: str = "",
) -> SafeString:
    """`{% post_button "Bevestig" url %}`: one act, one button, its own form. What cannot be taken back asks
    first: `{% post_button "Verwijder" url confirm="Ja, verwijder" asks="Het bestand is dan weg." %}`."""
    return render(
        "post_button",
        label=label,
        action=action,
        kind=kind,
        icon=icon,
        name=name,
        value=value,
        confirm=confirm,
        asks=asks,
        csrf_token=token_in(context),
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
