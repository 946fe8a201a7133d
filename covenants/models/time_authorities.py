"""Authorities that vouched for the time of our seals, and were revoked afterwards."""

import datetime

from django.db import models
from django.db.models.functions import Now

from portal.triggers import append_only

# With these reasons what it vouched for before stays good; with any other, or none, nothing does
# (RFC 3161, section 4). A reason that is left out reaches us as "unspecified".
HARMLESS = frozenset({"affiliation_changed", "superseded", "cessation_of_operation"})


class RevokedTimeAuthority(models.Model):
    """The certificate of one timestamp authority, found revoked while files rest on it."""

    append_only = True

    certificate = models.CharField("SHA-256 van het certificaat", max_length=64, primary_key=True)
    revoked_at = models.DateTimeField("ingetrokken op")
    reason = models.CharField("reden volgens RFC 5280", max_length=40)
    found_at = models.DateTimeField("gevonden op", db_default=Now())

    class Meta:
        verbose_name = "ingetrokken tijdstempeldienst"
        verbose_name_plural = "ingetrokken tijdstempeldiensten"
        triggers = append_only(message="Dat een tijdstempeldienst is ingetrokken, blijft staan.")

    def __str__(self) -> str:
        return f"{self.certificate[:8]}, {self.revoked_at:%d-%m-%Y}"

    def undoes(self, stamped_at: datetime.datetime) -> bool:
        """Whether a timestamp of that moment proves nothing any more."""
        return self.reason not in HARMLESS or stamped_at >= self.revoked_at
