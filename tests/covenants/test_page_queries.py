"""No page about a covenant asks more than twelve things of the database, however many sign."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition
from covenants import accessions, check_codes, texts
from covenants.models import CovenantVersion
from partners.models import Person
from tests import factories
from tests.covenants.signing_cast import Signatory, make_signatory, open_round, sign

pytestmark = pytest.mark.django_db

BUDGET = 12
# Whoever comes there, and the pages about a document or one text of it.
OF_A_DOCUMENT = {
    "coordinator": (
        "document-detail",
        "register",
        "covenant-end",
        "withdrawal-list",
        "version-add",
        "draft-detail",
        "draft-edit",
        "draft-paste",
        "freeze",
        "terms-edit",
        "meaning-edit",
    ),
    "visitor": ("document-detail", "register", "register-json"),
}
OF_A_TEXT = {
    "coordinator": (
        "accession-list",
        "ceremony",
        "ceremony-names",
        "evening-order",
        "outside-list",
        "round-list",
        "round-progress",
        "version-detail",
    ),
    "signer": ("signing", "signed", "withdrawal"),
    "newcomer": ("signing", "decline"),
    "visitor": ("version-detail",),
}


@pytest.fixture
def clients(signatory: Signatory, coalition: Coalition, coordinator: Person) -> dict[str, Client]:
    """Somebody who signed already, somebody who did not, who runs it all, and anybody."""
    newcomer = make_signatory(coalition, coordinator)
    clients = {"visitor": Client()}
    people = {"coordinator": coordinator, "signer": signatory.person, "newcomer": newcomer.person}
    for name, person in people.items():
        clients[name] = Client()
        clients[name].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture
def second(version: CovenantVersion, signatory: Signatory, coordinator: Person) -> CovenantVersion:
    """A text that is signed, and a draft of the next one."""
    sign(version, signatory)
    return texts.new_version(covenant=version.covenant, by=coordinator)


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)


def costs(clients: dict[str, Client], version: CovenantVersion) -> dict[str, int]:
    document = [version.covenant.coalition.slug, version.covenant.slug]
    pages = [
        (who, name, reverse(f"covenants:{name}", args=args))
        for table, args in ((OF_A_DOCUMENT, document), (OF_A_TEXT, [*document, version.number]))
        for who, names in table.items()
        for name in names
    ]
    pages += [("visitor", "verification", reverse("covenants:verification"))]
    signature = version.signatures.first()
    pages.append(
        ("coordinator", "version-difference", reverse("covenants:version-difference", args=[*document, 2]))
    )
    code = check_codes.code_for(f"statement/{signature.pk}").pk
    pages.append(
        ("visitor", "verification-document", reverse("covenants:verification-document", args=[code]))
    )
    return {f"{name} ({who})": cost(clients[who], address) for who, name, address in pages}


def test_every_page_asks_at_most_twelve_things_and_as_many_for_nine_parties(
    clients, second, version, coalition, coordinator
):
    first = costs(clients, version)
    assert {name: count for name, count in first.items() if count > BUDGET} == {}
    # Who opened a text is written down the first time only.
    few = costs(clients, version)
    for _ in range(8):
        sign(version, make_signatory(coalition, coordinator))
    assert costs(clients, version) == few


def test_her_own_page_asks_as_much_for_many_open_texts_as_for_one(
    clients, version, signatory, coalition, coordinator
):
    mine = reverse("coalitions:my-page")
    few = cost(clients["newcomer"], mine)
    assert few <= BUDGET
    for number in range(4):
        another = factories.freeze(factories.make_draft(coalition, f"Ander document {number}"))
        open_round(another, coordinator)
        sign(another, signatory)
    page = clients["newcomer"].get(mine).content.decode()
    assert page.count("Lees en teken") == 5
    assert cost(clients["newcomer"], mine) == few


def test_her_own_page_asks_as_much_for_three_who_wait_to_join_as_for_one(
    clients, version, signatory, coalition, coordinator
):
    """She is a party, and has a say in it; and another text waits for her."""
    text = factories.freeze(factories.make_draft(coalition, "Ander document", accession_needs_consent=True))
    open_round(text, coordinator)
    sign(text, signatory)
    mine = reverse("coalitions:my-page")
    counts = set()
    for number in (1, 2, 3):
        accessions.ask(version=text, organisation=factories.make_organisation(), by=coordinator)
        counts.add(cost(clients["signer"], mine))
        page = clients["signer"].get(mine).content.decode()
        assert (page.count("toetreden?"), page.count("Lees en teken")) == (number, 1)
    assert len(counts) == 1
    assert counts.pop() <= BUDGET
