"""What somebody has filled in of a join request so far, kept in her session until it is sent."""

from typing import Any

from django import forms
from django.contrib.sessions.backends.base import SessionBase

from coalitions import join_requests
from coalitions.join_forms import STEPS, YES, JoinOrganisationForm
from coalitions.models import Coalition
from partners.models import Organisation


class JoinDraft:
    """The answers of every step as they were typed; each is checked again when it is read."""

    def __init__(self, session: SessionBase, coalition: Coalition) -> None:
        self.session = session
        self.key = f"aanmelding-{coalition.pk}"
        self.answers: dict[str, dict[str, str]] = session.get(self.key, {})

    def form(self, step: str) -> forms.Form:
        """The form of a step with what was answered before."""
        return self._bind(step, None)

    def fill(self, step: str, data: dict[str, str]) -> forms.Form:
        """The form with new answers, which are kept where they are right."""
        form = self._bind(step, data)
        if form.is_valid():
            self.answers[step] = {name: data.get(name, "") for name in form.fields}
            self.session[self.key] = self.answers
        return form

    def first_open_step(self) -> str | None:
        """The first step whose answers are missing or no longer right."""
        return next((step for step in STEPS if not self._is_right(step)), None)

    def details(self) -> dict[str, Any]:
        """Everything for the operation, of a draft without open steps."""
        found: dict[str, Any] = {}
        for step in STEPS:
            form = self._bind(step, self.answers[step])
            form.is_valid()
            found |= form.cleaned_data
        is_known = found.pop("is_known", "") == YES
        found["matched_organisation"] = self._known(found["kvk"]) if is_known else None
        del found["fax"]
        return found

    def shown(self) -> list[tuple[str, str, list[tuple[str, Any]]]]:
        """For each step its word in the address, its title, and questions with answers in words."""
        rows = []
        for step, (title, _) in STEPS.items():
            form = self._bind(step, self.answers[step])
            form.is_valid()
            rows.append(
                (
                    step,
                    title,
                    [
                        (str(field.label), _in_words(field, form.cleaned_data.get(name)))
                        for name, field in form.fields.items()
                        if name != "fax"
                    ],
                )
            )
        return rows

    def clear(self) -> None:
        """Forget everything; the request was sent."""
        self.session.pop(self.key, None)

    def _bind(self, step: str, data: dict[str, str] | None) -> forms.Form:
        kind = STEPS[step][1]
        options: dict[str, Any] = {}
        if kind is JoinOrganisationForm:
            options["known"] = self._known((data or self.answers.get(step, {})).get("kvk", ""))
        if data is None:
            return kind(initial=self.answers.get(step), **options)
        return kind(data, **options)

    def _is_right(self, step: str) -> bool:
        return step in self.answers and self._bind(step, self.answers[step]).is_valid()

    def _known(self, kvk: str) -> Organisation | None:
        return join_requests.known_by_kvk("".join(kvk.split()).replace(".", ""))


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, ""))  # type: ignore[arg-type]
    return str(value or "")
