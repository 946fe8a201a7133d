"""Numbers, links and schakelfuncties of organisations, and who changed what at the same time."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from partners import linking_roles, links, organisation_details, organisations, representatives
from partners.models import (
    Area,
    AreaKind,
    LinkKind,
    Location,
    Organisation,
    OrganisationAlias,
    OrganisationLink,
    Representative,
)
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = factories.today()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def practice(coordinator):
    return organisations.add_organisation(
        name="Praktijk De Wieg", type=factories.make_type("verloskundigenpraktijk"), by=coordinator
    )


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"rsin": "12345678"}, "RSIN heeft 9 cijfers"),
        ({"branch": "123", "kvk": "12345678"}, "vestigingsnummer heeft 12 cijfers"),
        ({"branch": "123456789012"}, "hoort een KvK-nummer"),
        ({"description": "moeder 111222333"}, "burgerservicenummer"),
        ({"extra_domains": ["medical"], "website": "geen adres"}, "geldige URL"),
    ],
)
def test_bad_details_are_refused_in_words(practice, coordinator, details, words):
    with pytest.raises(Refused, match=words):
        organisations.change_organisation(organisation=practice, by=coordinator, **details)
    practice.refresh_from_db()
    assert (practice.revision, practice.rsin, practice.branch) == (0, None, None)


@pytest.mark.parametrize(("field", "bad"), [("rsin", "1"), ("branch", "1")])
def test_the_table_refuses_a_number_without_its_form(practice, field, bad):
    with pytest.raises(IntegrityError, match=f"{field}_format"), transaction.atomic():
        Organisation.objects.update(kvk="12345678", **{field: bad})


def test_the_domain_of_its_kind_is_no_extra_one(practice, coordinator):
    changed = organisations.change_organisation(
        organisation=practice, by=coordinator, extra_domains=["public", practice.type.domain]
    )
    assert changed.extra_domains == ["public"]
    assert [domain.value for domain in changed.domains] == [practice.type.domain, "public"]


def test_only_a_municipality_is_its_municipality(practice, coordinator):
    region = factories.make_area(kind=AreaKind.PROVINCE)
    with pytest.raises(Refused, match="Kies bij gemeente een gemeente"):
        organisations.change_organisation(organisation=practice, by=coordinator, municipality=region)


def test_every_change_of_the_profile_counts_and_others_do_not(practice, coordinator):
    organisations.change_organisation(organisation=practice, by=coordinator, phone="077 123456")
    Organisation.objects.update(website="https://wieg.example")
    Organisation.objects.update(is_demo=True)
    practice.refresh_from_db()
    assert practice.revision == 2


def test_two_who_change_other_fields_both_get_what_they_wrote(practice, coordinator, partner):
    organisations.change_organisation(
        organisation=practice, by=partner, revision=0, phone="077 1111111", website=""
    )
    changed = organisations.change_organisation(
        organisation=practice, by=coordinator, revision=0, phone="", website="https://wieg.example"
    )
    assert (changed.phone, changed.website) == ("077 1111111", "https://wieg.example")


def test_two_who_change_the_same_field_see_both_values(practice, coordinator, partner):
    organisations.change_organisation(organisation=practice, by=partner, revision=0, phone="077 1111111")

    with pytest.raises(
        organisations.ChangedMeanwhile, match=r"Intussen gewijzigd door Petra Partner om \d\d\.\d\d uur\."
    ) as refusal:
        organisations.change_organisation(
            organisation=practice, by=coordinator, revision=0, phone="077 2222222", short_name="Wieg"
        )
    (conflict,) = refusal.value.conflicts
    assert (conflict.label, conflict.theirs, conflict.mine) == ("telefoon", "077 1111111", "077 2222222")
    practice.refresh_from_db()
    assert (practice.phone, practice.short_name) == ("077 1111111", "")

    organisations.change_organisation(
        organisation=practice, by=coordinator, revision=refusal.value.revision, phone="077 2222222"
    )
    practice.refresh_from_db()
    assert practice.phone == "077 2222222"


def test_two_who_wrote_the_same_do_not_disagree(practice, coordinator, partner):
    for person in (partner, coordinator):
        organisations.change_organisation(organisation=practice, by=person, revision=0, phone="077 1111111")
    practice.refresh_from_db()
    assert practice.revision == 1


def test_it_is_confirmed_by_its_own_people(practice, partner):
    confirmed = organisations.confirm(organisation=practice, by=partner)
    assert confirmed.confirmed_by == partner
    assert confirmed.revision == 0


def test_what_is_in_the_archive_changes_only_after_it_came_back(practice, coordinator):
    organisations.archive(organisation=practice, by=coordinator)
    with pytest.raises(organisations.Gone, match="staat in het archief"):
        organisations.change_organisation(organisation=practice, by=coordinator, phone="1")
    organisations.restore(organisation=practice, by=coordinator)
    with pytest.raises(organisations.NotArchived):
        organisations.restore(organisation=practice, by=coordinator)


# --- Names, places, service area -----------------------------------------------------------------


def test_other_names_come_and_go(practice, coordinator):
    organisation_details.change_names(organisation=practice, by=coordinator, add=["De Wieg", " Wiegje "])
    with pytest.raises(Refused, match="staat er al"):
        organisation_details.change_names(organisation=practice, by=coordinator, add=["DE WIEG"])
    with pytest.raises(organisation_details.AliasIsName):
        organisation_details.change_names(organisation=practice, by=coordinator, add=[practice.name])
    first = OrganisationAlias.objects.get(name="De Wieg")
    organisation_details.change_names(organisation=practice, by=coordinator, remove=[first])
    assert [alias.name for alias in practice.aliases.all()] == ["Wiegje"]


def test_the_service_area_grows_and_shrinks(practice, coordinator, coalition):
    venlo, beesel = coalition.municipalities()
    change = organisation_details.change_service_area
    change(organisation=practice, by=coordinator, add=[venlo, beesel])
    change(organisation=practice, by=coordinator, add=[venlo], remove=[beesel])
    assert [row.municipality for row in practice.service_areas.all()] == [venlo]


def test_a_location_has_a_dutch_postcode(practice, coordinator):
    location = organisation_details.add_location(
        organisation=practice, by=coordinator, city="Venlo", street="Markt 1", postcode="5911 AB"
    )
    assert str(location) == "Markt 1, 5911 AB Venlo"
    with pytest.raises(Refused, match="Een postcode is zoals"):
        organisation_details.change_location(location=location, by=coordinator, postcode="0000 AB")
    organisation_details.remove_location(location=location, by=coordinator)
    assert not Location.objects.exists()


# --- Links ----------------------------------------------------------------------------------------


@pytest.fixture
def vsv(db):
    return factories.make_organisation("VSV Noord", type_code="vsv")


def test_a_practice_takes_part_in_a_vsv_for_a_period(practice, vsv, coordinator):
    made = links.link(source=practice, target=vsv, kind=LinkKind.MEMBER_OF_VSV, by=coordinator)
    with pytest.raises(Refused, match="staat er in deze periode al"):
        links.link(source=practice, target=vsv, kind=LinkKind.MEMBER_OF_VSV, by=coordinator)
    links.end_link(link=made, by=coordinator)
    with pytest.raises(links.AlreadyOver):
        links.end_link(link=made, by=coordinator)
    again = links.link(source=practice, target=vsv, kind=LinkKind.MEMBER_OF_VSV, by=coordinator)
    assert list(OrganisationLink.objects.current()) == [again]


@pytest.mark.parametrize(
    "kind", [LinkKind.MEMBER_OF_VSV, LinkKind.PART_OF_CONSORTIUM, LinkKind.IN_ROS, LinkKind.IN_ROAZ]
)
def test_a_link_leads_to_an_organisation_of_its_kind(practice, coordinator, kind):
    other = factories.make_organisation(type_code="ziekenhuis")
    with pytest.raises(Refused, match="past niet bij de organisatie"):
        links.link(source=practice, target=other, kind=kind, by=coordinator)


def test_nothing_is_linked_to_itself(practice, coordinator):
    with pytest.raises(Refused, match="geen band met zichzelf"):
        links.link(source=practice, target=practice, kind=LinkKind.REFERS_TO, by=coordinator)


def test_parts_make_no_circle_and_have_one_whole(coordinator):
    small, middle, large = (factories.make_organisation() for _ in range(3))
    links.link(source=small, target=middle, kind=LinkKind.PART_OF, by=coordinator)
    links.link(source=middle, target=large, kind=LinkKind.PART_OF, by=coordinator)
    with pytest.raises(Refused, match="onderdeel worden van zichzelf"):
        links.link(source=large, target=small, kind=LinkKind.PART_OF, by=coordinator)
    with pytest.raises(Refused, match="onderdeel van één andere"):
        links.link(source=small, target=large, kind=LinkKind.PART_OF, by=coordinator)
    # Both may refer to the other.
    links.link(source=large, target=small, kind=LinkKind.REFERS_TO, by=coordinator)
    links.link(source=small, target=large, kind=LinkKind.REFERS_TO, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_close_no_circle(db):
    one, other = factories.make_organisation(), factories.make_organisation()
    answers: list[bool] = []
    start = threading.Barrier(2)

    def run(source, target):
        try:
            start.wait(timeout=10)
            links.link(source=source, target=target, kind=LinkKind.PART_OF, by=None)
            answers.append(True)
        except Refused:
            answers.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answers) == [False, True]


# --- Schakelfuncties ------------------------------------------------------------------------------


def test_somebody_links_two_domains_in_a_municipality(partner, coordinator, coalition):
    organisation = partner.representatives.get().organisation
    venlo: Area = coalition.municipalities().last()
    details = {
        "organisation": organisation,
        "municipality": venlo,
        "title": "Coördinator sociale verloskunde",
        "domain_from": "medical",
        "domain_to": "social",
        "by": coordinator,
    }
    role = linking_roles.add_linking_role(person=partner, **details)
    assert role.domains_label == "van medisch naar sociaal"
    with pytest.raises(Refused, match="staat er in deze periode al"):
        linking_roles.add_linking_role(person=partner, **details)
    with pytest.raises(linking_roles.NotOfOrganisation):
        linking_roles.add_linking_role(person=coordinator, **details)
    with pytest.raises(Refused, match="twee verschillende domeinen"):
        linking_roles.add_linking_role(**{**details, "domain_to": "medical"})
    linking_roles.end_linking_role(role=role, by=coordinator)
    with pytest.raises(linking_roles.AlreadyOver):
        linking_roles.end_linking_role(role=role, by=coordinator)


# --- People ---------------------------------------------------------------------------------------


def test_a_colleague_is_invited_and_the_first_one_is_the_contact(practice, coordinator):
    first = representatives.invite(
        organisation=practice, name="Anna", email="anna@example.nl", function="praktijkhouder", by=coordinator
    )
    second = representatives.invite(
        organisation=practice, name="Bert", email="bert@example.nl", function="praktijkhouder", by=coordinator
    )
    assert (first.is_primary, second.is_primary) == (True, False)
    assert first.person.invitations.open().get().reason == "praktijkhouder van Praktijk De Wieg"


def test_who_has_an_account_is_not_invited_again(practice, partner, coordinator):
    speaker = representatives.invite(
        organisation=practice, name="Anders", email=partner.email.upper(), function="adviseur", by=coordinator
    )
    assert speaker.person == partner
    assert not partner.invitations.exists()
    with pytest.raises(Refused, match="heeft deze functie in deze periode al"):
        representatives.invite(
            organisation=practice, name="Anders", email=partner.email, function="adviseur", by=coordinator
        )


def test_the_last_one_stops_only_where_that_is_allowed(practice, partner, coordinator):
    only = representatives.appoint(organisation=practice, person=partner, function="houder", by=coordinator)
    with pytest.raises(representatives.LastOne, match="Nodig eerst een collega uit"):
        representatives.end(representative=only, by=partner)
    ended = representatives.end(representative=only, by=coordinator, may_leave_nobody=True)
    assert ended.valid_to == TODAY
    assert not Representative.objects.current().filter(organisation=practice).exists()
    with pytest.raises(representatives.AlreadyOver):
        representatives.end(representative=only, by=coordinator)
    with pytest.raises(representatives.SpeaksNoMore):
        representatives.make_primary(representative=only, by=coordinator)


def test_another_becomes_the_contact(practice, partner, coordinator):
    first = representatives.appoint(organisation=practice, person=partner, function="houder", by=coordinator)
    second = representatives.appoint(
        organisation=practice, person=coordinator, function="adviseur", by=coordinator
    )
    representatives.make_primary(representative=second, by=partner)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)
    assert (
        representatives.change_portfolio(representative=second, portfolio=" Jeugd ", by=partner).portfolio
        == "Jeugd"
    )


def test_nobody_is_appointed_at_an_organisation_that_is_gone(practice, partner, coordinator):
    organisations.archive(organisation=practice, by=coordinator)
    with pytest.raises(representatives.OrganisationGone):
        representatives.appoint(organisation=practice, person=partner, function="houder", by=coordinator)
