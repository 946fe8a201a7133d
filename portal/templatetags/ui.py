"""The shared parts of every screen, one tag per template in templates/components/."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any

from django import forms, template
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from portal import browsers, days, stacking

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
