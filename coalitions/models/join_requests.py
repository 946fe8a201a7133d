"""Organisations that ask to take part."""

from typing import Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from coalitions.models.coalitions import Coalition
from coalitions.models.memberships import Membership
from partners.models import Area, Organisation, OrganisationType, Person
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions


class RequestState(models.TextChoices):
    SUBMITTED = "submitted", "Nieuw"
    IN_REVIEW = "in_review", "In behandeling"
    ACCEPTED = "accepted", "Toegelaten"
    REJECTED = "rejected", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


OPEN_REQUEST_STATES = (RequestState.SUBMITTED, RequestState.IN_REVIEW)
REQUEST_MOVES: dict[str, tuple[str, ...]] = {
    RequestState.SUBMITTED: (
        RequestState.IN_REVIEW,
        RequestState.ACCEPTED,
        RequestState.REJECTED,
        RequestState.WITHDRAWN,
    ),
    RequestState.IN_REVIEW: (RequestState.ACCEPTED, RequestState.REJECTED, RequestState.WITHDRAWN),
}


class Commitment(models.TextChoices):
    LEAD = "lead", "Wij willen iets trekken"
    JOIN = "join", "Wij willen meedoen"
    FOLLOW = "follow", "Wij willen eerst volgen wat er gebeurt"


class JoinRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Requests that wait for an answer."""
        return self.filter(state__in=OPEN_REQUEST_STATES)

    def overdue(self) -> Self:
        """Requests that should have been answered before today."""
        return self.open().filter(answer_by__lt=timezone.localdate())


@pghistory.track(exclude=["withdrawal_hash"])
class JoinRequest(Checked):
    """One organisation's request to join a coalition (aanmelding), by somebody with or without account."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="join_requests")
    reference = models.CharField("kenmerk", max_length=12, unique=True, editable=False)
    # Only the hash of the link by which the applicant takes the request back.
    withdrawal_hash = models.CharField(max_length=64, unique=True, editable=False)
    organisation_name = models.CharField("naam van de organisatie", max_length=200, validators=[refuse_bsn])
    type = models.ForeignKey(
        OrganisationType, models.PROTECT, related_name="join_requests", verbose_name="soort organisatie"
    )
    kvk = models.CharField(
        "KvK-nummer",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", "Een KvK-nummer heeft 8 cijfers.")],
    )
    municipality = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="join_requests",
        verbose_name="gemeente",
        null=True,
        blank=True,
    )
    matched_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="join_requests", null=True, blank=True
    )
    motivation = models.TextField("waarom", max_length=2000, validators=[refuse_bsn])
    commitment = models.CharField("hoe", max_length=10, choices=Commitment)
    energy = models.TextField("energie", max_length=1000, blank=True, validators=[refuse_bsn])
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="join_requests", null=True, blank=True)
    contact_name = models.CharField("naam", max_length=150, validators=[refuse_bsn])
    contact_function = models.CharField("functie", max_length=120, validators=[refuse_bsn])
    contact_email = models.EmailField("mailadres")
    contact_phone = models.CharField("telefoon", max_length=20, blank=True)
    state = models.CharField("stand", max_length=10, choices=RequestState, default=RequestState.SUBMITTED)
    submitted_at = models.DateTimeField("aangemeld op", db_default=Now())
    answer_by = models.DateField("antwoord uiterlijk")
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="decided_join_requests", null=True, blank=True
    )
    answer = models.TextField("antwoord", max_length=2000, blank=True, validators=[refuse_bsn])
    membership = models.OneToOneField(
        Membership, models.PROTECT, related_name="join_request", null=True, blank=True
    )
    is_demo = models.BooleanField("verzonnen", default=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["coalition", "state"], name="coalitions_joinrequest_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_REQUEST_STATES, RequestState.WITHDRAWN], decided_at__isnull=True)
                | Q(state__in=[RequestState.ACCEPTED, RequestState.REJECTED], decided_at__isnull=False),
                name="coalitions_joinrequest_decided_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REJECTED) | ~Q(answer=""),
                name="coalitions_joinrequest_rejection_has_a_reason",
                violation_error_message="Schrijf waarom de organisatie niet kan meedoen. Dat gaat per mail "
                "naar de aanmelder.",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.ACCEPTED, membership__isnull=False)
                | (~Q(state=RequestState.ACCEPTED) & Q(membership__isnull=True)),
                name="coalitions_joinrequest_accepted_is_a_membership",
            ),
        ]
        triggers = [
            Transitions(
                name="request_moves",
                field="state",
                allowed=REQUEST_MOVES,
                initial=(RequestState.SUBMITTED,),
                message="Over deze aanmelding is al beslist.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} ({self.reference})"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in OPEN_REQUEST_STATES
