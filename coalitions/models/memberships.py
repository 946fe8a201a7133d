"""Organisations that take part in a coalition, or might."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from coalitions.models.coalitions import Coalition
from partners.models import Organisation, Person
from portal.addresses import address_of
from portal.checked import Checked
from portal.text_guard import refuse_bsn
from portal.triggers import Transitions, append_only


class MembershipState(models.TextChoices):
    PROSPECT = "prospect", "Gewenst"
    IN_TALKS = "in_talks", "In gesprek"
    INVITED = "invited", "Uitgenodigd"
    MEMBER = "member", "Lid"
    DORMANT = "dormant", "Lid, nu niet actief"
    LEFT = "left", "Gestopt"
    DECLINED = "declined", "Doet niet mee"


# Who belongs to the coalition today, active or not.
MEMBER_STATES = (MembershipState.MEMBER, MembershipState.DORMANT)
OVER_STATES = (MembershipState.LEFT, MembershipState.DECLINED)

STATE_MOVES: dict[str, tuple[str, ...]] = {
    MembershipState.PROSPECT: (
        MembershipState.IN_TALKS,
        MembershipState.INVITED,
        MembershipState.MEMBER,
        MembershipState.DECLINED,
    ),
    MembershipState.IN_TALKS: (
        MembershipState.INVITED,
        MembershipState.MEMBER,
        MembershipState.DECLINED,
    ),
    MembershipState.INVITED: (MembershipState.MEMBER, MembershipState.DECLINED),
    MembershipState.MEMBER: (MembershipState.DORMANT, MembershipState.LEFT),
    MembershipState.DORMANT: (MembershipState.MEMBER, MembershipState.LEFT),
}


class MembershipQuerySet(models.QuerySet):
    def members(self) -> Self:
        """Memberships of who belongs to the coalition today."""
        return self.filter(state__in=MEMBER_STATES)

    def for_list(self) -> Self:
        """With everything a row of the member list shows, and no more: there are many."""
        return self.select_related("organisation__type", "organisation__municipality").only(
            "coalition",
            "state",
            "joined_on",
            "organisation__name",
            "organisation__type__name",
            "organisation__type__domain",
            "organisation__municipality__name",
        )

    def with_organisation(self) -> Self:
        """With the whole organisation, its kind and its place, for who reads more than a list shows."""
        return self.select_related("organisation__type", "organisation__municipality")


@pghistory.track(pghistory.InsertEvent(level=pghistory.Statement), pghistory.UpdateEvent())
class Membership(Checked):
    """One spell of one organisation in one coalition; coming back makes a new row."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    state = models.CharField(
        "stand", max_length=10, choices=MembershipState, default=MembershipState.PROSPECT
    )
    contribution_role = models.CharField("rol in de coalitie", max_length=120, blank=True)
    joined_on = models.DateField("lid sinds", null=True, blank=True)
    left_on = models.DateField("gestopt op", null=True, blank=True)
    leave_reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    source_note = models.CharField("bron", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(left_on__isnull=True),
                name="coalitions_membership_one_open_spell",
                violation_error_message="Deze organisatie staat al op de lijst van deze coalitie.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER_STATES, left_on__isnull=False)
                | (~Q(state__in=OVER_STATES) & Q(left_on__isnull=True)),
                name="coalitions_membership_over_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*MEMBER_STATES, MembershipState.LEFT]) | Q(joined_on__isnull=False),
                name="coalitions_membership_member_has_a_date",
                violation_error_message="Vul in sinds wanneer de organisatie lid is.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=models.F("joined_on")),
                name="coalitions_membership_leaves_after_joining",
                violation_error_message="De einddatum ligt voor de begindatum. Kies een latere einddatum.",
            ),
        ]
        indexes = [models.Index(fields=["coalition", "state"], name="coalitions_membership_state")]
        triggers = [
            Transitions(
                name="state_moves",
                field="state",
                allowed=STATE_MOVES,
                message="Deze stap kan niet vanuit de stand waarin dit lidmaatschap nu is.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.coalition}"

    def get_absolute_url(self) -> str:
        return address_of("coalitions:membership-detail", self.coalition.slug, self.pk)


class MembershipStep(models.Model):
    """One step in the life of a membership: who did it, when and why."""

    append_only = True

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=MembershipState, blank=True)
    to_state = models.CharField(max_length=10, choices=MembershipState)
    reason = models.CharField("reden", max_length=300, blank=True, validators=[refuse_bsn])
    happened_on = models.DateField("op")
    recorded_at = models.DateTimeField("vastgelegd", db_default=Now())
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="membership_steps", null=True, blank=True
    )

    class Meta:
        verbose_name = "stap van een lidmaatschap"
        verbose_name_plural = "stappen van lidmaatschappen"
        ordering = ["pk"]
        # What is new since a visit, among the steps of years.
        indexes = [models.Index(fields=["recorded_at"], name="membership_steps_by_moment")]
        triggers = append_only(message="Een stap van een lidmaatschap verandert niet.")

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_to_state_display()}"
