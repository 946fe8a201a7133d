"""Forms of who writes a text or comments on it: they check and tidy; the operations write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from covenants import blocks
from covenants.blocks import BlockKind, MeaningLine
from covenants.models import CovenantKind, CovenantVersion, ForceRule, ResignRule
from covenants.models.versions import TERMS
from partners.models import Organisation
from portal.text_guard import refuse_bsn

ITEMS_HELP = "Zet elk punt op een eigen regel. Begin met een streepje voor een punt onder het punt erboven."
PARTIES_HELP = (
    "Zet elke partij op een eigen regel, met wie haar vertegenwoordigt. Voor een partij zonder "
    "rechtspersoonlijkheid, zoals een VSV: noem namens welke leden de vertegenwoordiger tekent."
)
ROWS_HELP = "Zet elke rij op een eigen regel en zet een | tussen twee vakken. De eerste regel is de kop."
TEXT_LABELS = {
    BlockKind.TITLE: "Titel",
    BlockKind.PARTIES: "Inleiding",
    BlockKind.CONSIDERATION: "Overweging",
    BlockKind.CHAPTER: "Kop van het hoofdstuk",
    BlockKind.ARTICLE: "Kop van het artikel",
    BlockKind.PARAGRAPH: "Tekst",
    BlockKind.LIST: "Inleiding",
    BlockKind.TABLE: "Opschrift van de tabel",
    BlockKind.ANNEX: "Kop van de bijlage",
}


class TextArea(forms.Textarea):
    """Room for words that the browser keeps until they are saved."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__(attrs={"rows": rows, "data-keeps": ""})


class BlockForm(forms.Form):
    """The words of one block, as its kind has them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, kind: BlockKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        is_heading = kind in blocks.HEADINGS
        self.fields["text"] = forms.CharField(
            label=TEXT_LABELS[kind],
            required=kind not in blocks.WITH_ITEMS,
            widget=forms.TextInput(attrs={"data-keeps": ""}) if is_heading else TextArea(6),
            error_messages={"required": "Vul hier de tekst in."},
        )
        if kind in blocks.WITH_ITEMS:
            is_parties = kind == BlockKind.PARTIES
            self.fields["lines"] = forms.CharField(
                label="Partijen" if is_parties else "Punten",
                widget=TextArea(10),
                help_text=PARTIES_HELP if is_parties else ITEMS_HELP,
                error_messages={"required": "Zet hier minstens één regel neer."},
            )
        if kind == BlockKind.TABLE:
            self.fields["lines"] = forms.CharField(
                label="Rijen",
                widget=TextArea(8),
                help_text=ROWS_HELP,
                error_messages={"required": "Zet hier een kopregel en minstens één rij neer."},
            )

    @staticmethod
    def initial_of(block: blocks.Block, *, seen: int) -> dict[str, Any]:
        """A block as the fields of its form."""
        lines = ""
        if block.get("items"):
            lines = blocks.lines_from_items(block["items"])
        elif block.get("rows"):
            lines = blocks.lines_from_rows(block["rows"])
        return {"text": block.get("text", ""), "lines": lines, "seen": seen}

    def clean(self) -> dict[str, Any]:
        """Everything that a block may not hold is said here, at the form."""
        data = super().clean() or {}
        if not self.errors:
            try:
                blocks.clean_block(self.values())
            except ValidationError as error:
                self.add_error("lines" if "lines" in self.fields else "text", error)
        return data

    def values(self) -> dict[str, Any]:
        """For `covenants.block_edits`."""
        values: dict[str, Any] = {"kind": self.kind.value, "text": self.cleaned_data.get("text", "")}
        lines = self.cleaned_data.get("lines", "")
        if self.kind in blocks.WITH_ITEMS:
            values["items"] = blocks.items_from_lines(lines)
        elif self.kind == BlockKind.TABLE:
            values["rows"] = blocks.rows_from_lines(lines)
        return values


class MeaningForm(forms.Form):
    """The five lines on what signing means."""

    marks_optional_fields = False
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    HELP = {
        MeaningLine.TASKS: "Wat doet een partij die tekent?",
        MeaningLine.MONEY: "Kost het geld, en hoeveel?",
        MeaningLine.DURATION: "Van wanneer tot wanneer geldt het?",
        MeaningLine.NOTICE: "Hoe stop je ermee, en per wanneer?",
        MeaningLine.WHO: "Wie kan meedoen, en hoe komt iemand erbij?",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in MeaningLine:
            self.fields[line.value] = forms.CharField(
                label=line.label,
                required=False,
                max_length=blocks.LONGEST_MEANING,
                widget=TextArea(2),
                help_text=self.HELP[line],
                validators=[refuse_bsn],
            )

    def meaning(self) -> dict[str, str]:
        """For `covenants.block_edits.edit_meaning`."""
        return {line.value: self.cleaned_data[line.value] for line in MeaningLine}


class TermsForm(forms.ModelForm):
    """What the document is called, and what is agreed about this text of it."""

    kind = forms.ChoiceField(
        label="Soort",
        choices=CovenantKind.choices,
        initial=CovenantKind.COVENANT,
        help_text="Dit is alleen een naam: alles werkt hetzelfde.",
    )
    title = forms.CharField(label="Titel", max_length=200, validators=[refuse_bsn])

    field_order = ("kind", "title")

    class Meta:
        model = CovenantVersion
        fields = TERMS
        widgets = {"force_rule": forms.RadioSelect, "amendment_rule": TextArea(3)}
        help_texts = {
            "quorum": "Alleen als het pas gaat gelden bij een aantal partijen.",
            "amendment_rule": "Bijvoorbeeld: alle partijen stemmen in met een wijziging.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.instance
        if version.pk:
            self.initial.update(kind=version.covenant.kind, title=version.covenant.title)
        if version.pk and version.number > 1:
            # A document keeps its name; only what is agreed may change.
            del self.fields["kind"], self.fields["title"]

    def clean_quorum(self) -> int | None:
        """A number that the chosen rule does not ask for is left out."""
        rule, quorum = self.cleaned_data.get("force_rule"), self.cleaned_data.get("quorum")
        if rule != ForceRule.QUORUM:
            return None
        if quorum is None:
            raise ValidationError("Vul in bij hoeveel partijen het gaat gelden.")
        return quorum


class VersionForm(forms.Form):
    """What a new version asks of who signed the one before."""

    resign_rule = forms.ChoiceField(
        label="Wat vraagt de nieuwe tekst van wie al tekende?",
        choices=ResignRule.choices,
        widget=forms.RadioSelect,
        initial=ResignRule.RESIGN_ALL,
    )
    effective_on = forms.DateField(
        label="Ingangsdatum",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Nodig als de tekst vanaf een datum voor iedereen geldt.",
        error_messages={"invalid": "Vul een datum in als dag-maand-jaar, zoals 1-3-2027."},
    )

    def clean(self) -> dict[str, Any]:
        """A text that holds for everybody from a day needs that day."""
        data = super().clean() or {}
        if data.get("resign_rule") == ResignRule.TACIT and not data.get("effective_on") and not self.errors:
            self.add_error("effective_on", "Vul de ingangsdatum in: vanaf dan geldt de tekst voor iedereen.")
        return data


class CommentForm(forms.Form):
    """What an organisation says about one part."""

    block_key = forms.CharField(widget=forms.HiddenInput, max_length=12)
    organisation = forms.ModelChoiceField(
        label="Namens",
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": "Kies namens welke organisatie je reageert."},
    )
    text = forms.CharField(
        label="Je opmerking",
        max_length=4000,
        widget=TextArea(4),
        validators=[refuse_bsn],
        error_messages={"required": "Schrijf op wat je van dit deel vindt."},
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        own = list(organisations[:2])
        if len(own) == 1:
            # Nobody chooses from one.
            field.widget, field.initial = forms.HiddenInput(), own[0]
            self.fields["text"].label = f"Je opmerking namens {own[0]}"


class AnswerForm(forms.Form):
    """What the coordinator does with a comment."""

    text = forms.CharField(
        label="Je antwoord",
        max_length=4000,
        widget=TextArea(3),
        validators=[refuse_bsn],
        error_messages={"required": "Schrijf kort wat je met deze opmerking doet."},
    )


class PasteForm(forms.Form):
    """Text from elsewhere; the browser adds what Word says of its headings and lists."""

    # Either of the two is enough.
    marks_optional_fields = False

    text = forms.CharField(
        label="Plak hier de tekst",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "data-takes-paste": "id_html"}),
        help_text="Koppen, nummers, lijsten en tabellen uit Word blijven staan. Afbeeldingen niet.",
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
