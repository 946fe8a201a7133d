"""The chain of evidence of one version: each event holds the hash of the one before."""

from django.db import models
from django.db.models.functions import Now

from covenants.models.versions import CovenantVersion
from portal.triggers import append_only, requires


class EventType(models.TextChoices):
    FROZEN = "frozen", "tekst vastgesteld"
    SUPERSEDED = "superseded", "vervangen door een nieuwere versie"
    ENDED = "ended", "document beëindigd"
    ROUND_OPENED = "round_opened", "ronde geopend"
    ROUND_CLOSED = "round_closed", "ronde gesloten"
    SIGNED = "signed", "iemand tekende"
    PARTY_SIGNED = "party_signed", "organisatie is partij"
    DECLINED = "declined", "antwoord zonder handtekening"
    WITHDRAWN = "withdrawn", "opgezegd"
    SHORTENED = "shortened", "kortere opzegtermijn afgesproken"
    ADMITTED = "admitted", "besluit over een toetreding"
    RETRACTED = "retracted", "opzegging teruggenomen"
    OUTSIDE = "outside", "papieren handtekeningen geregistreerd"


class ChainEvent(models.Model):
    """One event; its hash is SHA-256 of the hash before it followed by its own text."""

    append_only = True

    pk = models.CompositePrimaryKey("version_id", "seq")
    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="chain_events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=12, choices=EventType)
    # Canonical JSON, as text: the hash is about these very characters.
    body = models.TextField()
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["version", "seq"]
        triggers = [
            *append_only(message="Een gebeurtenis in de bewijsketen verandert niet."),
            requires(
                name="hash_of_the_chain",
                condition="NEW.hash = encode(sha256(convert_to(NEW.prev_hash || NEW.body, 'UTF8')), 'hex')",
                message="De bewijsketen klopt niet: deze gebeurtenis heeft niet de goede vingerafdruk.",
            ),
            requires(
                name="follows_the_one_before",
                condition="""
                    (NEW.seq = 1 AND NEW.prev_hash = '') OR NEW.prev_hash = (
                        SELECT hash FROM covenants_chainevent
                        WHERE version_id = NEW.version_id AND seq = NEW.seq - 1
                    )
                """,
                message="De bewijsketen klopt niet: deze gebeurtenis volgt niet op de vorige.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.seq}: {self.get_type_display()}"
