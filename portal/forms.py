"""The one form renderer: label above, help, error at the field, summary above the form."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from portal.templatetags import ui
from portal.widgets import DRAWN

# What a form says of a list without a choice, in the place of the dashes that Django puts there.
DASHES = BLANK_CHOICE_DASH[0][1]
CHOOSE, NO_CHOICE = "Kies uit de lijst", "Geen keuze"

GROUP_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
WIDGET_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    # Django's CheckboxSelectMultiple is a kind of RadioSelect, so it comes first.
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "file-input"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


class PortalBoundField(BoundField):
    """A field that carries the classes, ARIA states and words the templates need."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add look and ARIA states; the browser's own validation stays off."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        is_group = isinstance(widget, GROUP_WIDGETS)
        required = attrs.pop("required", False)
        if required and not is_group:
            attrs["aria-required"] = "true"
        if is_group:
            # The group as a whole is described and invalid, not each of its choices.
            attrs.pop("aria-invalid", None)
        classes = [widget.attrs.get("class", ""), attrs.get("class", ""), self.look(widget)]
        attrs["class"] = " ".join(part for part in classes if part)
        # Words inside a box vanish while typing: labels and help say it all.
        attrs["placeholder"] = False
        return attrs

    def look(self, widget: forms.Widget) -> str:
        """Return the classes of a widget's kind."""
        for kind, classes in WIDGET_CLASSES:
            if isinstance(widget, kind):
                invalid = f" {classes.split()[0]}--invalid" if self.errors else ""
                return classes + invalid
        return ""

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label belongs after the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        """Whether several inputs share one legend."""
        return self.use_fieldset

    @property
    def shows_optional(self) -> bool:
        """Whether the label says "(optioneel)"; a form switches this off for all, a field for itself."""
        marks = getattr(self.form, "marks_optional_fields", True) and getattr(
            self.field, "marks_optional", True
        )
        return marks and not self.field.required and not self.is_single_checkbox

    @property
    def summary_label(self) -> str:
        """The label as the start of a line in the error summary."""
        return str(self.label).rstrip(".:? ")

    @property
    def first_input_id(self) -> str:
        """The input to which a link in the error summary goes."""
        if isinstance(self.field.widget, GROUP_WIDGETS):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class PortalRenderer(TemplatesSetting):
    """Renders every form of the portal, those of the log-in included."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw fields and inputs at once; every option has words, which start with a capital letter."""
        if template_name == self.field_template_name:
            return self._field_html(context["field"])
        for _group, options, _index in context.get("widget", {}).get("optgroups", ()):
            for option in options:
                option["label"] = capfirst(option["label"])
                if option["label"] == DASHES:
                    option["label"] = CHOOSE if context["widget"]["required"] else NO_CHOICE
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)

    def _field_html(self, field: PortalBoundField) -> SafeString:
        """What stands around an input is the same whenever its label and state are, and is kept."""
        is_invalid = bool(field.errors)
        frame = ui.render(
            "field",
            kind="group" if field.is_group else "checkbox" if field.is_single_checkbox else "input",
            label=str(field.label),
            id=field.id_for_label,
            is_optional=field.shows_optional,
            is_invalid=is_invalid,
            describedby=field.aria_describedby or "",
            notes=NOTES,
            input=INPUT,
        )
        has_notes = is_invalid or field.help_text
        notes = super().render("forms/field_notes.html", {"field": field}) if has_notes else ""
        # Each part was escaped where it was made.
        return mark_safe(frame.replace(NOTES, notes, 1).replace(INPUT, str(field), 1))  # noqa: S308


# No text on a page holds this character: forms and PostgreSQL refuse it.
NOTES, INPUT = SafeString("\0notes"), SafeString("\0input")
