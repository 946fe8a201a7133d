"""What stands around every page: its title, top menu, footer, look and scripts."""

import re

from django import template
from django.template.loader_tags import BlockNode
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.templatetags.ui import render

register = template.Library()


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
