"""A document that a coalition agrees on; its words stand in its versions."""

from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from coalitions.models import Coalition
from partners.models import Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import differs

if TYPE_CHECKING:
    from covenants.models.versions import CovenantVersion


class CovenantKind(models.TextChoices):
    """What the document is called; it changes nothing else."""

    COVENANT = "covenant", "convenant"
    AGREEMENT = "agreement", "samenwerkingsovereenkomst"
    INTENT = "intent", "intentieverklaring"


# What holds for every version, and so stays once a text was confirmed.
AGREED_TERMS = (
    "coalition_id",
    "kind",
    "title",
    "slug",
)


class CovenantQuerySet(models.QuerySet):
    def with_versions(self) -> Self:
        """With all versions, newest first and without their words, in one more query."""
        # A version knows its document, and not the other way round.
        from covenants.models.versions import CovenantVersion

        versions = CovenantVersion.objects.order_by("-number").defer("blocks", "meaning")
        return self.prefetch_related(models.Prefetch("versions", versions, to_attr="all_versions"))


@pghistory.track()
class Covenant(Checked):
    """One agreement of a coalition, whatever it is called; its text stands in its versions."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="covenants")
    kind = models.CharField("soort", max_length=12, choices=CovenantKind, default=CovenantKind.COVENANT)
    title = models.CharField("titel", max_length=200, validators=[refuse_bsn])
    slug = models.SlugField("naam in het adres", max_length=60)
    # From this day on nobody is a party any more; signatures and register of the days before stay. It
    # follows from a proposal that `ended_by` confirmed.
    ended_on = models.DateField("beëindigd per", null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, related_name="ended_covenants", null=True, blank=True
    )
    ended_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    is_demo = models.BooleanField("verzonnen gegevens", default=False)
    created_at = models.DateTimeField("gemaakt", db_default=Now())

    objects = CovenantQuerySet.as_manager()
    # Filled by `with_versions`.
    all_versions: "list[CovenantVersion]"

    class Meta:
        verbose_name = "convenant"
        verbose_name_plural = "convenanten"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "slug"],
                name="covenants_covenant_slug_once",
                violation_error_message="Deze coalitie heeft al een document met deze titel.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="covenants_covenant_ended_on_and_by",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agreed_terms_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF {differs(AGREED_TERMS)}
                       AND EXISTS (SELECT FROM covenants_covenantversion
                                   WHERE covenant_id = OLD.id
                                     AND (state <> 'draft' OR second_by_id IS NOT NULL))
                    THEN
                        RAISE EXCEPTION 'De tekst staat vast, dus deze afspraken veranderen niet meer.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="ended_by_two",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'UPDATE' AND (NEW.ended_on, NEW.ended_by_id, NEW.ended_reason)
                       IS NOT DISTINCT FROM (OLD.ended_on, OLD.ended_by_id, OLD.ended_reason)
                    THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.ended_on IS NOT NULL THEN
                        RAISE EXCEPTION 'Dit document is al beëindigd. Daar verandert niets meer aan.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.ended_on IS NOT NULL
                       AND NOT EXISTS (SELECT FROM covenants_endproposal
                                       WHERE covenant_id = NEW.id AND ended_on = NEW.ended_on
                                         AND reason = NEW.ended_reason
                                         AND confirmed_by_id = NEW.ended_by_id)
                    THEN
                        RAISE EXCEPTION 'Een document eindigt met twee personen: voorstellen, bevestigen.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("covenants:covenant-detail", args=[self.coalition.slug])
