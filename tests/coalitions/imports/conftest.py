"""Kinds of organisations that tables name."""

import pytest

from partners.models import OrganisationType
from tests import factories


@pytest.fixture
def types(db: None) -> list[OrganisationType]:
    return [factories.make_type("kraamzorg", domain="medical"), factories.make_type("welzijn")]
