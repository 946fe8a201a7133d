"""The covenants of the demo are what its description says, and loading them again changes nothing."""

import datetime
from collections import Counter

import pytest
from django.db import connection

import coalitions.demo
import covenants.demo
import partners.demo
from coalitions.models import Coalition
from covenants import demo_drafts
from covenants.chain import check_chain
from covenants.comparison import compare
from covenants.models import (
    ChainEvent,
    CovenantVersion,
    PartySignature,
    SigningInvitation,
    VersionState,
)
from covenants.presenters.signing import signing_page
from covenants.register import register
from covenants.texts import shortcomings
from partners.areas import load_areas
from partners.models import Person
from partners.organisation_types import load_organisation_types
from portal.models import Mail
from tests.covenants.signing_cast import Signatory, sign


@pytest.fixture
def demo(db: None) -> None:
    load_areas()
    load_organisation_types()
    partners.demo.load()
    coalitions.demo.load()
    with connection.cursor() as cursor:
        # In one transaction PostgreSQL does not hear by itself how much there is now.
        cursor.execute("ANALYZE")
    covenants.demo.load()


def text_of(slug: str) -> CovenantVersion:
    versions = CovenantVersion.objects.select_related("covenant__coalition")
    return versions.get(covenant__coalition__slug=slug, number=1)


def test_the_covenants_of_the_demo(demo):
    nml, delft = text_of("noord-en-midden-limburg"), text_of("delft")

    # Noord- en Midden-Limburg: 27 on paper, 13 more a year later, a third round open.
    first = register(nml.covenant, datetime.date(2021, 12, 31))
    assert len(first) == 27
    kinds = Counter(entry.type for entry in first)
    assert (kinds["gemeente"], kinds["provincie"]) == (14, 1)
    assert len(register(nml.covenant, datetime.date(2022, 11, 30))) == 40
    assert len(register(nml.covenant)) == 40
    assert nml.state == VersionState.OPEN
    assert nml.rounds.open().get().number == 3
    assert [entry.members for entry in first if entry.members] != []
    assert all(entry.is_outside for entry in first)
    assert nml.second_words == delft.second_words == "in het portaal ingevoerd op"
    assert check_chain(nml) == []

    # Delft: eight by name; two members are no signatories.
    names = {entry.name for entry in register(delft.covenant)}
    assert names == {
        "Gemeente Delft",
        "Reinier de Graaf",
        "DSW",
        "Delft voor Elkaar",
        "ZEL",
        "VSV Reinier",
        "JGZ Zuid-Holland West",
        "Delft Support",
    }
    members = set(
        Coalition.objects.get(slug="delft").memberships.members().values_list("organisation__name", flat=True)
    )
    assert members - names == {"Humanitas", "GGD Haaglanden"}
    assert check_chain(delft) == []

    # The partner can sign at once; a board member who never logged in was invited.
    partner = Person.objects.get(email="partner@demo.example")
    page = signing_page(nml.covenant.coalition, nml, partner, organisation_id=None)
    assert page.may_sign
    invited = SigningInvitation.objects.filter(round__version=nml)
    assert partner.pk in invited.values_list("person", flat=True)
    assert Mail.objects.filter(purpose="signing_invitation").count() == invited.count() >= 4

    # A second version is being written: one comment waits, one was answered, and the change can be read.
    draft = nml.covenant.versions.get(number=2)
    assert draft.is_editable
    assert shortcomings(draft) == []
    assert draft.comments.count() == 2
    assert draft.comments.open().count() == 1
    changes = Counter(one.change for one in compare(nml.blocks, draft.blocks))
    assert changes["changed"] == 2
    assert changes["added"] == len(demo_drafts.FIGURES) + len(demo_drafts.ANNEX)

    # Loading again changes nothing, also after somebody signed.
    sign(nml, Signatory(partner, page.organisation, page.mandate))
    before = [list(model.objects.order_by("pk").values()) for model in (PartySignature, ChainEvent)]
    covenants.demo.load()
    after = [list(model.objects.order_by("pk").values()) for model in (PartySignature, ChainEvent)]
    assert after == before
    assert len(register(nml.covenant)) == 41
