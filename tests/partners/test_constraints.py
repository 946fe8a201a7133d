"""What the tables of places, organisations and people refuse by themselves."""

import datetime
from collections.abc import Callable

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from partners.models import (
    AreaKind,
    AreaMember,
    AreaSuccession,
    Mandate,
    Organisation,
    Person,
    PlatformRole,
    Representative,
)
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def refused(
    words: str,
    act: Callable[[], object],
    error: type[Exception] | tuple[type[Exception], ...] = IntegrityError,
) -> None:
    with pytest.raises(error, match=words), transaction.atomic():
        act()


def test_a_code_is_used_once_for_a_kind():
    factories.make_area("Venlo", code="GM0983")

    refused("partners_area_unique_code", lambda: factories.make_area("Ander", code="GM0983"))


@pytest.mark.parametrize("code", ["0983", "GM983", "GM09831", "gm0983", "VENLO"])
def test_a_municipality_has_a_code_of_cbs(code):
    refused("partners_area_municipality_code", lambda: factories.make_area("Venlo", code=code))


def test_an_area_does_not_end_before_it_starts():
    refused(
        "partners_area_ends_after_it_starts",
        lambda: factories.make_area(valid_to=datetime.date(2019, 1, 1)),
    )


def test_a_municipality_is_in_a_region_once_at_a_time():
    region = factories.make_area(kind=AreaKind.COALITION)
    venlo = factories.make_area()
    factories.put_in_region(region, venlo, valid_to=TODAY)
    factories.put_in_region(region, venlo, valid_from=TODAY)

    refused(
        "partners_areamember_once_per_region",
        lambda: factories.put_in_region(region, venlo, valid_to=TODAY),
    )


@pytest.mark.parametrize("kind", [AreaKind.GGD_REGION, AreaKind.PROVINCE, AreaKind.COUNTRY])
def test_a_municipality_is_in_one_region_of_a_kind(kind):
    venlo = factories.make_area()
    factories.put_in_region(factories.make_area(kind=kind), venlo)

    refused(
        "partners_areamember_one_region_per_kind",
        lambda: factories.put_in_region(factories.make_area(kind=kind), venlo),
    )


def test_a_municipality_may_be_in_two_coalitions():
    venlo = factories.make_area()
    for _ in range(2):
        factories.put_in_region(factories.make_area(kind=AreaKind.COALITION), venlo)

    assert venlo.region_links.count() == 2


def test_an_area_is_no_part_of_itself():
    region = factories.make_area(kind=AreaKind.COALITION)

    refused("partners_areamember_not_itself", lambda: factories.put_in_region(region, region))


def test_a_membership_repeats_the_kind_of_its_region():
    region = factories.make_area(kind=AreaKind.COALITION)

    refused(
        "niet de soort van de regio",
        lambda: AreaMember.objects.create(
            region=region, member=factories.make_area(), kind=AreaKind.PROVINCE
        ),
    )


def succession(kind: str, share: float | None):
    return AreaSuccession(
        predecessor=factories.make_area(),
        successor=factories.make_area(),
        on=TODAY,
        kind=kind,
        share=share,
    )


@pytest.mark.parametrize(
    ("kind", "share"),
    [("partial", None), ("partial", 0), ("partial", 1), ("full", 0.5), ("rename", 0.5)],
)
def test_only_a_part_has_a_share(kind, share):
    refused("partners_areasuccession_share_of_a_part", succession(kind, share).save)


def test_a_succession_is_noted_once():
    first = succession("full", None)
    first.save()
    first.pk = None

    refused("partners_areasuccession_once", lambda: first.save(force_insert=True))


@pytest.mark.parametrize(
    ("field", "value"),
    [("kvk", "1234567"), ("kvk", "1234567a"), ("agb", "123"), ("oin", "1" * 19)],
)
def test_a_number_of_an_organisation_has_its_form(field, value):
    organisation = factories.make_organisation()

    refused(
        f"partners_organisation_{field}_format",
        lambda: Organisation.objects.filter(pk=organisation.pk).update(**{field: value}),
    )


@pytest.mark.parametrize(("field", "value"), [("kvk", "12345678"), ("agb", "12345678"), ("oin", "1" * 20)])
def test_a_number_belongs_to_one_organisation(field, value):
    for organisation in (factories.make_organisation(), factories.make_organisation()):
        last = Organisation.objects.filter(pk=organisation.pk)
        if Organisation.objects.filter(**{field: value}).exists():
            refused(field, lambda: last.update(**{field: value}))  # noqa: B023
        else:
            last.update(**{field: value})


def test_a_merged_organisation_is_archived():
    organisation = factories.make_organisation()

    refused(
        "partners_organisation_merged_is_archived",
        lambda: Organisation.objects.filter(pk=organisation.pk).update(
            merged_into=factories.make_organisation()
        ),
    )


def test_a_municipal_organisation_has_its_municipality():
    refused(
        "hoort bij één gemeente",
        lambda: factories.make_organisation("Gemeente X", type_code="gemeente"),
    )


def test_a_municipality_has_one_municipal_organisation():
    venlo = factories.make_area("Venlo")
    factories.make_organisation("Gemeente Venlo", type_code="gemeente", municipality=venlo)

    refused(
        "hoort bij één gemeente",
        lambda: factories.make_organisation(
            "Gemeente Venlo (dubbel)", type_code="gemeente", municipality=venlo
        ),
    )


def test_an_archived_municipal_organisation_makes_room():
    venlo = factories.make_area("Venlo")
    old = factories.make_organisation("Oud", type_code="gemeente", municipality=venlo)
    Organisation.objects.filter(pk=old.pk).update(archived_at=timezone.now())

    assert factories.make_organisation("Nieuw", type_code="gemeente", municipality=venlo).pk


def test_a_kind_of_organisation_has_one_code():
    kind = factories.make_type("school")
    kind.pk = None

    refused("code", lambda: kind.save(force_insert=True))


def test_an_address_belongs_to_one_person_whatever_its_capitals():
    factories.make_person(email="anna@example.org", logs_in=False)

    refused(
        "partners_person_email_ignores_case",
        lambda: factories.make_person(email="Anna@Example.org", logs_in=False),
    )


def test_an_address_is_absent_rather_than_blank():
    refused("partners_person_email_not_blank", lambda: Person.objects.create(name="Anna", email=""))


def test_many_people_have_no_address():
    for _ in range(2):
        Person.objects.create(name="Zonder adres", email=None)

    assert Person.objects.filter(email=None).count() == 2


def test_somebody_is_administrator_once_at_a_time(administrator):
    refused("partners_platformrole_once", lambda: factories.make_administrator(administrator))


def test_an_organisation_has_one_contact_at_a_time(partner):
    organisation = partner.representatives.get().organisation

    refused(
        "partners_representative_one_primary",
        lambda: factories.make_representative(factories.make_person(), organisation, is_primary=True),
    )


def test_a_function_is_held_once_at_a_time(partner):
    representative = partner.representatives.get()

    refused(
        "partners_representative_function_once",
        lambda: factories.make_representative(
            partner, representative.organisation, function=representative.function
        ),
    )


def test_somebody_may_hold_two_functions(partner):
    organisation = partner.representatives.get().organisation
    factories.make_representative(partner, organisation, function="bestuurslid")

    assert partner.representatives.count() == 2


@pytest.mark.parametrize("model", [Representative, PlatformRole])
def test_nothing_ends_before_it_starts(partner, administrator, model):
    # The range of the exclusion constraint refuses it before the check constraint can.
    refused(
        "range lower bound|ends_after_it_starts",
        lambda: model.objects.update(valid_to=datetime.date(2019, 1, 1)),
        error=(DataError, IntegrityError),
    )


def test_nobody_checks_what_she_asked_herself(partner, coordinator):
    mandate = factories.give_mandate(partner.representatives.get(), checked_by=None)

    refused(
        "partners_mandate_checked_by_another|eigen tekenbevoegdheid",
        lambda: Mandate.objects.filter(pk=mandate.pk).update(checked_by=partner, checked_at=timezone.now()),
    )


def test_the_bearer_never_checks_it_though_another_asked(partner, coordinator):
    mandate = factories.give_mandate(partner.representatives.get(), checked_by=None)
    Mandate.objects.update(requested_by=coordinator)

    refused(
        "Niemand controleert de eigen tekenbevoegdheid",
        lambda: Mandate.objects.filter(pk=mandate.pk).update(checked_by=partner, checked_at=timezone.now()),
    )


def test_who_asked_never_checks_it_though_another_bears_it(partner, coordinator):
    factories.give_mandate(partner.representatives.get(), checked_by=None)
    Mandate.objects.update(requested_by=coordinator)

    refused(
        "partners_mandate_checked_by_another",
        lambda: Mandate.objects.update(checked_by=coordinator, checked_at=timezone.now()),
    )


@pytest.mark.parametrize("verb", ["checked", "revoked"])
def test_when_and_who_go_together(partner, coordinator, verb):
    factories.give_mandate(partner.representatives.get(), checked_by=None)

    for half in ({f"{verb}_at": timezone.now()}, {f"{verb}_by": coordinator}):
        refused(
            f"partners_mandate_{verb}_at_",
            lambda: Mandate.objects.update(**half),  # noqa: B023
        )


def test_an_invitation_is_used_or_revoked(partner):
    invitation = partner.invitations.create(token_hash="a" * 64, reason="partner", expires_at=timezone.now())

    refused(
        "partners_invitation_used_or_revoked",
        lambda: partner.invitations.filter(pk=invitation.pk).update(
            used_at=timezone.now(), revoked_at=timezone.now()
        ),
    )
