"""What the portal exports comes back in without a single change, whatever stands in it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from coalitions.models import Membership, MembershipState, SeatLevel
from partners.models import Organisation, Person, Representative
from portal.import_plans import Fate
from tests import factories
from tests.coalitions.imports.tables import MEMBERS, PEOPLE, checked, fates, words

NASTY = st.sampled_from(["'", "''", "=", "+", "-", "@", "'=", ";", '"', ",", "é", "ﬁ", "\n", "0", "'s ", "."])


def text(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """What a form lets through: no control signs, no blanks at the ends."""
    signs = st.one_of(
        NASTY, st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff")
    )
    return (
        st.lists(signs, max_size=12)
        .map(lambda found: "".join(found).strip()[:longest].strip())
        .filter(
            lambda found: (
                len(found) >= shortest and not any(sign.isdigit() for sign in found * (len(found) > 8))
            )
        )
    )


def digits(count: int) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.text("0123456789", min_size=count, max_size=count))


ORGANISATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "name": text(200, 1),
            "short_name": text(60),
            "description": text(500),
            "phone": st.sampled_from(["", "0612345678", "+31 77 1234567", "612345678", "(077) 123"]),
            "general_email": st.sampled_from(["", "info@example.org", "Info@Example.ORG"]),
            "website": st.sampled_from(["", "https://example.org/a?b=c", "http://example.org"]),
            "kvk": digits(8),
            "rsin": digits(9),
            "agb": digits(8),
            "oin": digits(20),
        }
    ),
    min_size=1,
    max_size=5,
)


class RoundTrip(TestCase):
    """One coalition; hypothesis fills it with what people might type."""

    def begin(self) -> None:
        """Anew for each example."""
        town = factories.make_area("Bergen (L.)")
        self.coalition = factories.make_coalition("Proef", municipalities=(town,))
        self.by = factories.make_person("Carla")
        factories.give_role(self.by, self.coalition)
        self.coordinator = Client()
        self.coordinator.force_login(self.by, backend="django.contrib.auth.backends.ModelBackend")

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ORGANISATIONS, st.sampled_from(["csv", "xlsx"]))
    def test_the_list_of_members(self, organisations: list[dict[str, str]], extension: str) -> None:
        self.begin()
        town = self.coalition.municipalities().get()
        for number, values in enumerate(organisations):
            for field in ("kvk", "rsin", "agb", "oin"):
                if any(values[field] == other[field] for other in organisations[:number]):
                    values[field] = None
            organisation = Organisation.objects.create(
                **values, type=factories.make_type(), municipality=town if number % 2 else None
            )
            state = MembershipState.values[number % 5]
            Membership.objects.create(
                coalition=self.coalition,
                organisation=organisation,
                state=state,
                joined_on=datetime.date(2021, 12, 1) if state in {"member", "dormant"} else None,
                contribution_role=values["short_name"],
            )
        self.comes_back(f"member-{extension}", MEMBERS, extension)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(text(150, 1), text(120, 1), text(120)), min_size=1, max_size=4), st.booleans())
    # A sign that a table brings back in its usual form.
    @example([("A \U0002f800", "B \U0002f800", "\U0002f800")], False)
    def test_the_people(self, people: list[tuple[str, str, str]], has_mail: bool) -> None:
        self.begin()
        organisation = factories.make_organisation("=Zorg; ’t Hart")
        membership = factories.make_member(self.coalition, organisation)
        for number, (name, function, portfolio) in enumerate(people):
            person = Person.objects.create(
                name=f"{number} {name}", email=f"p{number}@example.org" if has_mail else None, phone="+31 6"
            )
            speaker = Representative.objects.create(
                person=person,
                organisation=organisation,
                function=function,
                portfolio=portfolio,
                is_primary=not number,
                valid_from=factories.LONG_AGO,
            )
            for level in SeatLevel.values[: number % 3]:
                factories.give_seat(membership, speaker, level)
        self.comes_back("member-people-csv", PEOPLE, "csv")

    def comes_back(self, name: str, kind: str, extension: str) -> None:
        content = self.coordinator.get(reverse(f"coalitions:{name}", args=[self.coalition.slug])).content
        plan = checked(self.coalition, self.by, content, kind=kind, name=f"export.{extension}")
        found = [(row.fate, row.changes, row.problems) for row in plan.rows.all()]
        assert set(fates(plan)) == {Fate.UNCHANGED}, (found, words(plan))


@pytest.mark.django_db
def test_the_demo_comes_back_as_it_went_out(client):
    from coalitions.models import Coalition
    from portal import hooks

    for name in ("fixed_facts", "demo"):
        for part in hooks.parts(name):
            if part.__name__.split(".")[0] in {"portal", "partners", "coalitions"}:
                part.load()
    coalition = Coalition.objects.get(slug="noord-en-midden-limburg")
    by = Person.objects.get(email="coordinator@demo.example")
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    for address, kind in (("member-xlsx", MEMBERS), ("member-people-xlsx", PEOPLE)):
        content = client.get(reverse(f"coalitions:{address}", args=[coalition.slug])).content
        plan = checked(coalition, by, content, kind=kind, name="export.xlsx")
        assert plan.row_count > 80
        assert set(fates(plan)) == {Fate.UNCHANGED}, words(plan)
