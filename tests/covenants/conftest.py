"""A round that is open, and somebody who may sign in it."""

import pytest

from coalitions.models import Coalition
from covenants.models import CovenantVersion, Round
from partners.models import Person
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
