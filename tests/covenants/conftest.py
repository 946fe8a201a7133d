"""A round that is open, and somebody who may sign in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from coalitions.models import Coalition
from covenants.models import CovenantVersion, Round
from partners.models import Person
from tests import factories
from tests.conftest import check_once, rolled_back
from tests.covenants.signing_cast import Signatory, make_round, make_sealed_version, make_signatory


@pytest.fixture
def coalition(db: None) -> Coalition:
    """The coalition of the cast: the one of the module where that has `open_round_once` or `sealed_once`."""
    made = Coalition.objects.filter(name="Maas en Peel").select_related("area").first()
    return made or factories.make_maas_en_peel()


@pytest.fixture
def coordinator(coalition: Coalition) -> Person:
    made = Person.objects.filter(name="Carla Coördinator").first()
    return made or factories.make_coordinator(coalition)


@pytest.fixture(scope="module")
def open_round_once(app_role: str, django_db_blocker: Any) -> Iterator[None]:
    """`open_round`, opened once for all tests of a module that names this in its `pytestmark`."""
    with django_db_blocker.unblock(), rolled_back():
        coalition = factories.make_maas_en_peel()
        make_round(coalition, factories.make_coordinator(coalition))
        check_once()
        yield


@pytest.fixture(scope="module")
def sealed_once(app_role: str, django_db_blocker: Any) -> Iterator[None]:
    """`sealed_version`, sealed once for all tests of a module that names this in its `pytestmark`."""
    with django_db_blocker.unblock(), rolled_back():
        coalition = factories.make_maas_en_peel()
        make_sealed_version(coalition, factories.make_coordinator(coalition))
        check_once()
        yield


@pytest.fixture
def signatory(coalition: Coalition, coordinator: Person) -> Signatory:
    return make_signatory(coalition, coordinator, name="Ans de Boer")


@pytest.fixture
def open_round(coalition: Coalition, coordinator: Person) -> Round:
    return Round.objects.first() or make_round(coalition, coordinator)


@pytest.fixture
def version(open_round: Round) -> CovenantVersion:
    return open_round.version


@pytest.fixture
def sealed_version(coalition: Coalition, coordinator: Person) -> CovenantVersion:
    """A text that was frozen by its seal, and is open to sign."""
    made = CovenantVersion.objects.filter(rounds__isnull=False).first()
    return made or make_sealed_version(coalition, coordinator)


@pytest.fixture
def draft(coalition, coordinator):
    """A complete text that is still being written."""
    return factories.make_draft(coalition, by=coordinator)


@pytest.fixture
def team(coalition):
    """Somebody of the team, who may freeze and not write."""
    person = factories.make_person("Tom Team")
    factories.give_role(person, coalition, "team")
    return person
