"""The code on a document with which anybody can ask here what it is."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from portal.checked import Checked
from portal.triggers import append_only


class CheckCode(Checked):
    """One code for one document, given before it is made, so that it can stand in it."""

    append_only = True

    code = models.CharField("controlecode", max_length=16, primary_key=True)
    # As of the artefact that the document becomes.
    subject = models.CharField("gaat over", max_length=120, unique=True)
    given_at = models.DateTimeField("gegeven", db_default=Now())

    class Meta:
        verbose_name = "controlecode"
        verbose_name_plural = "controlecodes"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-HJKMNP-TV-Z]{16}$"),
                name="covenants_checkcode_format",
            )
        ]
        triggers = append_only(message="Een controlecode verandert niet.")

    def __str__(self) -> str:
        return "-".join(self.code[start : start + 4] for start in range(0, 16, 4))
