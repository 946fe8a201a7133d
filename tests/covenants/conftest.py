"""A round that is open, and somebody who may sign in it."""

import pytest

from coalitions.models import Coalition
from covenants.models import CovenantVersion, Round, SealJob
from partners.models import Person
from portal import jobs
from tests import factories
from tests.covenants import signing_cast
from tests.covenants.signing_cast import Signatory, make_round, make_signatory


@pytest.fixture
def signatory(coalition: Coalition, coordinator: Person) -> Signatory:
    return make_signatory(coalition, coordinator, name="Ans de Boer")


@pytest.fixture
def open_round(coalition: Coalition, coordinator: Person) -> Round:
    return make_round(coalition, coordinator)


@pytest.fixture
def version(open_round: Round) -> CovenantVersion:
    return open_round.version


@pytest.fixture
def sealed_version(coalition: Coalition, coordinator: Person) -> CovenantVersion:
    """A text that was frozen by its seal, and is open to sign."""
    version = factories.confirm_text(factories.make_draft(coalition), coordinator, factories.make_person())
    jobs.work_due(SealJob)
    version.refresh_from_db()
    return signing_cast.open_round(version, coordinator).version


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
