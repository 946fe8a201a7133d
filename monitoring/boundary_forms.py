"""What an analyst fills in to bring in borders."""

from typing import Any

from django import forms

MOST_BYTES = 20 * 1024 * 1024


class BoundaryForm(forms.Form):
    """The borders of all municipalities in one year."""

    bestand = forms.FileField(
        label="Bestand met grenzen",
        help_text="Een GeoJSON-bestand van het CBS of PDOK met alle gemeenten van één jaar.",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )
    jaar = forms.IntegerField(
        label="Van welk jaar zijn de grenzen?",
        required=False,
        min_value=1900,
        max_value=2100,
        help_text="Alleen nodig als het bestand zelf geen jaar noemt.",
    )

    def clean_bestand(self) -> Any:
        """A browser should not wait for larger files."""
        upload = self.cleaned_data["bestand"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                f"Het bestand is te groot: {upload.size // 1024**2} MB. Kies het gegeneraliseerde bestand "
                "van het CBS, of vraag de beheerder om het in te lezen."
            )
        return upload
