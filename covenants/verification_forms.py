"""What a visitor hands in to have it checked."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from covenants import check_codes
from covenants.verification import MAX_SIZE


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Controlecode",
        help_text="De code van 16 letters en cijfers onderaan het document, zoals 7KQ4-MZ2P-9WXD-H3TB.",
        max_length=40,
        error_messages={"required": "Vul de controlecode in."},
    )

    def clean_code(self) -> str:
        """The code as it was given, or a sentence on what a code looks like."""
        code = check_codes.clean(self.cleaned_data["code"])
        if len(code) != check_codes.LENGTH or set(code) - set(check_codes.ALPHABET):
            raise ValidationError("Een controlecode heeft 16 letters en cijfers. Neem hem nog eens over.")
        return code


class FileForm(forms.Form):
    bestand = forms.FileField(
        label="PDF-bestand",
        help_text="Ten hoogste 20 MB. Wij bewaren het bestand niet.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        allow_empty_file=True,
        error_messages={"required": "Kies eerst een bestand."},
    )

    def clean_bestand(self) -> UploadedFile:
        """The file, where it is not too large to look at."""
        file: UploadedFile = self.cleaned_data["bestand"]
        if (file.size or 0) > MAX_SIZE:
            raise ValidationError("Dit bestand is groter dan 20 MB. Zulke documenten maakt dit portaal niet.")
        return file
