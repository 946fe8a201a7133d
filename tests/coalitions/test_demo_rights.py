"""Web and workers may load the demo: it does nothing that their role may not."""

import coalitions.demo
import partners.demo
from coalitions.models import Coalition
from partners.areas import load_areas
from partners.organisation_types import load_organisation_types


def test_the_restricted_role_can_load_it(db, as_app):
    load_areas()
    load_organisation_types()

    with as_app():
        partners.demo.load()
        coalitions.demo.load()

    assert Coalition.objects.count() == 17
