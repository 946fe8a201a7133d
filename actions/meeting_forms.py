"""What people fill in about meetings; the operations write."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from actions.audiences import Audience
from actions.models import AgendaItem, AgendaKind, Meeting, MeetingKind, MeetingSeries, Response
from coalitions.access import Permission, groups_within
from coalitions.forms import DayField
from coalitions.group_forms import PersonChoiceField
from coalitions.groups import participants
from coalitions.models import Coalition, SeatLevel, WorkingGroup
from coalitions.models.groups import LIVING_STATES
from partners.models import Domain, Organisation, Person
from portal.text_guard import refuse_bsn
from portal.widgets import LongSelect

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class TimeField(forms.TimeField):
    """A time of the day, by the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        kwargs.setdefault("error_messages", {"invalid": "Vul een tijd in als uur en minuten, zoals 9:30."})
        super().__init__(input_formats=["%H:%M", "%H.%M"], **kwargs)


class MeetingForm(forms.Form):
    """What a meeting is, and when and where."""

    title = forms.CharField(label="Titel", max_length=150, validators=[refuse_bsn])
    kind = forms.ChoiceField(label="Soort", choices=MeetingKind)
    day = DayField(label="Datum", initial=None)
    starts = TimeField(label="Van")
    ends = TimeField(label="Tot")
    last_day = DayField(
        label="Laatste dag",
        initial=None,
        required=False,
        help_text="Alleen als de bijeenkomst meer dan één dag duurt.",
    )
    place = forms.CharField(label="Plaats", max_length=200, required=False)
    online_url = forms.URLField(
        label="Link om online mee te doen", max_length=300, required=False, assume_scheme="https"
    )
    theme_text = forms.CharField(
        label="Thema: waar gaat het over?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_bsn],
    )
    series = forms.ModelChoiceField(
        MeetingSeries.objects.none(), label="Reeks", required=False, empty_label="Hoort bij geen reeks"
    )
    new_series = forms.CharField(
        label="Of een nieuwe reeks", max_length=120, required=False, validators=[refuse_bsn]
    )
    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(),
        label="Van welke groep?",
        required=False,
        empty_label="Van de hele coalitie",
    )
    capacity = forms.IntegerField(
        label="Aantal plaatsen",
        required=False,
        min_value=1,
        max_value=5000,
        help_text="Leeg is: geen grens. Is het vol, dan komt iemand op de wachtlijst.",
    )
    is_open = forms.BooleanField(label="Iedereen uit de coalitie kan zich zelf aanmelden", required=False)
    is_public = forms.BooleanField(
        label="Noem deze bijeenkomst op de openbare pagina van de coalitie", required=False
    )

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = groups_within(person, Permission.MEETING_PLAN, coalition).filter(state__in=LIVING_STATES)
        self.fields["series"].queryset = coalition.meeting_series.all()  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Day and times become moments in the Netherlands."""
        data = super().clean() or self.cleaned_data
        day, last_day = data.pop("day", None), data.pop("last_day", None)
        starts, ends = data.pop("starts", None), data.pop("ends", None)
        if day and last_day and last_day < day:
            self.add_error("last_day", "De laatste dag ligt voor de eerste dag. Kies een latere dag.")
        elif day and starts and ends:
            data["starts_at"], data["ends_at"] = _moment(day, starts), _moment(last_day or day, ends)
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", "De bijeenkomst eindigt voordat zij begint. Kies een latere tijd.")
        if data.get("series") and data.get("new_series"):
            self.add_error("new_series", "Kies een reeks uit de lijst, of vul een nieuwe in. Niet allebei.")
        return data


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=AMSTERDAM)


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting that is there."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    names = ("title", "kind", "place", "online_url", "theme_text", "series", "group", "capacity")
    return {
        **{name: getattr(meeting, name) for name in (*names, "is_open", "is_public")},
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


class CancelForm(forms.Form):
    """Why a meeting does not go on."""

    reason = forms.CharField(label="Waarom gaat het niet door?", max_length=300, validators=[refuse_bsn])


class AnswerForm(forms.Form):
    """Whether somebody comes, and who comes in her place."""

    response = forms.ChoiceField(
        label="Kom je?",
        choices=[
            (Response.YES, "Ja, ik kom"),
            (Response.MAYBE, "Misschien"),
            (Response.NO, "Nee, ik kom niet"),
        ],
        widget=forms.RadioSelect,
    )
    deputy = forms.CharField(
        label="Komt er iemand in jouw plaats? Wie?",
        max_length=150,
        required=False,
        validators=[refuse_bsn],
        help_text="Kies dan ‘Ja, ik kom’ en vul hier de naam in.",
    )

    def __init__(self, *args: Any, is_formal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_formal:
            self.fields["response"].label = "Komt u?"
            self.fields["deputy"].label = "Komt er iemand in uw plaats? Wie?"
            self.fields["deputy"].help_text = "Kiest u dan ‘Ja, ik kom’ en vul hier de naam in."

    def clean(self) -> dict[str, Any]:
        """Somebody else comes only where somebody comes."""
        data = super().clean() or self.cleaned_data
        if data.get("deputy") and data.get("response") not in (None, Response.YES):
            self.add_error("deputy", "Kies ‘Ja, ik kom’ als er iemand in uw of jouw plaats komt.")
        return data


class AudienceForm(forms.Form):
    """Whom to reach: levels and groups add up, domains and municipalities narrow."""

    marks_optional_fields = False

    everybody = forms.BooleanField(label="Iedereen in de coalitie", required=False)
    levels = forms.MultipleChoiceField(
        label="Niveaus", choices=SeatLevel, required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(), label="Groepen", required=False, widget=forms.CheckboxSelectMultiple
    )
    domains = forms.MultipleChoiceField(
        label="Alleen uit deze domeinen", choices=Domain, required=False, widget=forms.CheckboxSelectMultiple
    )
    municipalities = forms.MultipleChoiceField(
        label="Alleen van organisaties uit deze gemeenten",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition
        self.fields["groups"].queryset = coalition.groups.filter(  # type: ignore[attr-defined]
            state__in=LIVING_STATES
        )
        places = list(coalition.municipalities().values_list("code", "name"))
        if len(places) > 1:
            self.fields["municipalities"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["municipalities"]

    def audience(self) -> Audience:
        """What was chosen; nobody where nothing valid was."""
        if not self.is_bound or not self.is_valid():
            return Audience(coalition=self.coalition)
        chosen = self.cleaned_data
        return Audience(
            coalition=self.coalition,
            everybody=chosen.get("everybody", False),
            levels=chosen.get("levels", ()),
            groups=[group.pk for group in chosen["groups"]],
            domains=chosen.get("domains", ()),
            municipalities=chosen.get("municipalities", ()),
        )


class AgendaItemForm(forms.Form):
    """One point on the programme."""

    title = forms.CharField(label="Onderwerp", max_length=200, validators=[refuse_bsn])
    kind = forms.ChoiceField(
        label="Soort", choices=AgendaKind, widget=forms.RadioSelect, initial=AgendaKind.DISCUSS
    )
    minutes = forms.IntegerField(label="Minuten", required=False, min_value=1, max_value=600)
    presenter = forms.CharField(
        label="Wie leidt dit in?", max_length=150, required=False, validators=[refuse_bsn]
    )


class CarryForm(forms.Form):
    """Which points were not reached."""

    items = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label="Welke punten schuiven door?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één punt."},
    )

    def __init__(self, *args: Any, left_over: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = left_over  # type: ignore[attr-defined]


class SpeakerForm(forms.Form):
    """Somebody who speaks."""

    name = forms.CharField(label="Naam", max_length=150, validators=[refuse_bsn])
    function = forms.CharField(label="Functie", max_length=150, required=False, validators=[refuse_bsn])


class GuestForm(forms.Form):
    """Somebody who was there and is not on the list."""

    name = forms.CharField(label="Naam", max_length=150, validators=[refuse_bsn])
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisatie",
        required=False,
        empty_label="Niet van een lid",
        widget=LongSelect,
    )
    level = forms.ChoiceField(
        label="Niveau", choices=[("", "Niet bekend"), *SeatLevel.choices], required=False
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = coalition.memberships.members().order_by().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            pk__in=members
        ).order_by("sort_key", "pk")


class QuestionForm(forms.Form):
    """A question for the tables."""

    text = forms.CharField(label="Vraag", max_length=300, validators=[refuse_bsn])


class MinutesForm(forms.Form):
    """What was said."""

    text = forms.CharField(
        label="Verslag",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 16}),
        validators=[refuse_bsn],
        help_text="Schrijf niets op over ouders, kinderen of patiënten.",
    )


class DecisionForm(forms.Form):
    """What was decided, who sees to it, and by when."""

    text = forms.CharField(
        label="Besluit of afspraak",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    owner = PersonChoiceField(label="Wie zorgt hiervoor?", required=False)
    due = DayField(label="Uiterlijk", required=False, initial=None)

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = participants(coalition)  # type: ignore[attr-defined]


class ConsultationForm(forms.Form):
    """A day, a number and themes."""

    on = DayField(label="Datum")
    count = forms.IntegerField(label="Hoeveel ouders deden mee?", min_value=1, max_value=100000)
    themes = forms.CharField(
        label="Waarover ging het?",
        max_length=300,
        validators=[refuse_bsn],
        help_text="Alleen thema’s. Schrijf niet op wie de ouders zijn of wat zij over zichzelf vertelden.",
    )
