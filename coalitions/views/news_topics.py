"""Everybody says for each of her coalitions about what she wants news by mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import news_topics as topics
from coalitions.news_forms import NewsTopicsForm
from partners.models import Person
from partners.requests import PersonRequest, sent
from portal.signed_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def news_topics(request: PersonRequest) -> HttpResponse:
    """How often is another question: `partners:mail-choice`."""
    person = request.user
    form = NewsTopicsForm(*sent(request), topics=topics.topics_of(person))
    if form.is_bound and form.is_valid():
        topics.choose(person=person, wanted=form.wanted, by=person)
        messages.success(request, "Je keuze is opgeslagen.")
        return redirect("coalitions:news-topics")
    return render(
        request,
        "coalitions/news_topics.html",
        {"form": form, "gets_news": person.mail_choice != Person.MailChoice.NEEDED},
    )
