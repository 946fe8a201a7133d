"""The checks of a row asked together give Django's answer, for every model that has some."""

import datetime
import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import CheckConstraint, Field
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from coalitions.models import Membership
from partners.models import Organisation
from portal.checked import Checked, checks_hold
from tests import factories

EARLY, LATE = (
    datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC),
)
# Values that some check takes and another refuses.
NUMBERS = (-1, 0, 1, 5, 50, 2020)
VALUES: dict[type[Field], tuple[Any, ...]] = {
    models.BooleanField: (True, False),
    models.DateTimeField: (EARLY, LATE),
    models.DateField: (EARLY.date(), LATE.date()),
    models.DecimalField: tuple(map(Decimal, NUMBERS)),
    models.FloatField: NUMBERS,
    models.IntegerField: NUMBERS,
    models.BinaryField: (b"", b"x" * 32),
    models.GenericIPAddressField: ("192.0.2.1",),
    models.CharField: ("", "een", "GM0983", "12345678", "f" * 64),
    models.TextField: ("", "een"),
}
WITH_CHECKS = [
    model
    for model in apps.get_models()
    if any(isinstance(constraint, CheckConstraint) for constraint in model._meta.constraints)
]


def values_of(field: Field) -> tuple[Any, ...]:
    if field.choices:
        return (None, *(value for value, _ in field.flatchoices))
    if field.remote_field:
        return values_of(field.target_field)
    if hasattr(field, "base_field"):
        return (None, [], ["GM0983"])
    return (None, *next((found for kind, found in VALUES.items() if isinstance(field, kind)), ()))


def some_row(model: type[models.Model], chance: random.Random) -> models.Model:
    row = model()
    for field in model._meta.concrete_fields:
        if not field.generated:
            setattr(row, field.attname, chance.choice(values_of(field)))
    return row


def holds_to_django(row: models.Model, exclude: frozenset[str]) -> bool:
    try:
        for constraint in row._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                constraint.validate(type(row), row, exclude=exclude)
    except ValidationError:
        return False
    return True


def test_every_model_with_checks_asks_them_together():
    assert [model for model in WITH_CHECKS if not issubclass(model, Checked)] == []


@pytest.mark.django_db
def test_the_answer_is_that_of_django():
    answers = Counter[bool]()
    for model in WITH_CHECKS:
        chance = random.Random(model._meta.label)
        names = [field.name for field in model._meta.concrete_fields]
        for exclude in (frozenset(), frozenset(), frozenset(chance.sample(names, len(names) // 3))):
            row = some_row(model, chance)
            answer = checks_hold(row, exclude)
            assert answer == holds_to_django(row, exclude), (vars(row), exclude)
            answers[answer] += 1
    assert min(answers[True], answers[False]) > 50


@pytest.mark.django_db
def test_what_is_wrong_is_said_as_django_says_it():
    other = factories.make_organisation()
    other.kvk, other.agb, other.merged_into = "een", "twee", other
    with pytest.raises(ValidationError) as said:
        other.validate_constraints()
    with pytest.raises(ValidationError) as django_says:
        models.Model.validate_constraints(other)
    assert said.value.message_dict == django_says.value.message_dict
    assert len(said.value.messages) == 4


@pytest.mark.django_db
def test_a_constraint_about_other_rows_is_asked_as_well():
    one = factories.make_member(factories.make_coalition())
    with pytest.raises(ValidationError):
        Membership(
            coalition=one.coalition, organisation=one.organisation, state=one.state
        ).validate_constraints()


@pytest.mark.django_db
def test_a_value_that_only_the_database_knows_is_left_to_django():
    row = factories.make_organisation()
    row.archived_at = Now()
    assert not checks_hold(row)
    row.validate_constraints()


@pytest.mark.django_db
def test_what_cannot_be_asked_does_not_end_the_transaction():
    row = factories.make_organisation()
    row.merged_into_id = 2**70
    with pytest.raises(ValidationError, match="merged_is_archived"):
        row.validate_constraints()
    assert Organisation.objects.exists()


@pytest.mark.django_db
def test_all_checks_of_a_row_take_one_question():
    row = factories.make_organisation()
    assert len([one for one in row._meta.constraints if isinstance(one, CheckConstraint)]) == 8
    with CaptureQueriesContext(connection) as queries:
        row.validate_constraints()
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1


@pytest.mark.django_db
def test_a_row_that_was_read_to_be_pointed_at_is_not_asked_for_again():
    member = factories.make_member(factories.make_coalition())
    with CaptureQueriesContext(connection) as queries:
        member.clean_fields()
    assert len(queries) == 0
    member = Membership.objects.get(pk=member.pk)
    with CaptureQueriesContext(connection) as queries:
        member.clean_fields()
    assert len(queries) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "points_at", ["nothing", "what is gone", "what was never saved", "what only an id says"]
)
def test_a_row_that_is_not_there_is_refused(points_at):
    member = factories.make_member(factories.make_coalition())
    other = factories.make_organisation()
    match points_at:
        case "nothing":
            member.organisation = None
        case "what is gone":
            member.organisation = other
            other.delete()
        case "what was never saved":
            member.organisation = Organisation(pk=2**40, name="Nooit")
        case "what only an id says":
            member.organisation_id = 2**40
    with pytest.raises(ValidationError) as said:
        member.clean_fields()
    assert list(said.value.message_dict) == ["organisation"]
