"""Text from Word or a mail comes into a draft: first shown, then kept."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from covenants import block_edits, documents, layout, pasting
from covenants.comparison import keep_keys
from covenants.text_forms import PasteForm
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.COVENANT_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_paste(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """What was recognised in the pasted text; nothing is stored yet."""
    version = documents.draft_of(coalition, document)
    form = PasteForm(request.POST if request.method == "POST" else None)
    context = {"coalition": coalition, "version": version, "form": form}
    if form.is_bound and form.is_valid():
        html, text = form.cleaned_data["html"], form.cleaned_data["text"]
        try:
            found = pasting.from_html(html) if html.strip() else pasting.from_text(text)
        except (Refused, ValidationError) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            form.add_error("text", words)
        else:
            context |= {
                "found": layout.lay_out(found),
                "count": len(found),
                "blocks": json.dumps(found, ensure_ascii=False),
            }
    return render(request, "covenants/draft_paste.html", context)


@requires(Permission.COVENANT_WRITE)
@require_POST
def draft_paste_save(request: PersonRequest, coalition: Coalition, document: str) -> HttpResponse:
    """Keep what was shown: instead of the draft, or behind it."""
    version = documents.draft_of(coalition, document)
    seen = request.POST.get("seen", "")
    try:
        found = keep_keys(version.blocks, json.loads(request.POST.get("blocks", "")))
        if request.POST.get("plaats") == "achteraan":
            found = [*version.blocks, *(block for block in found if block["kind"] != "title")]
        block_edits.edit_blocks(
            version=version, blocks=found, by=request.user, seen=int(seen) if seen.isdecimal() else 0
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        messages.error(request, "Er kwam geen tekst aan. Plak de tekst opnieuw.")
        return redirect("covenants:draft-paste", coalition.slug, document)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("covenants:draft-paste", coalition.slug, document)
    messages.success(request, "De geplakte tekst staat in het concept. Lees de tekst na.")
    return redirect("covenants:draft-edit", coalition.slug, document)
