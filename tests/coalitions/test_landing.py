"""Each role lands where its work is."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.landing import landing
from coalitions.models import Coalition, Role
from partners.models import Person
from tests import factories


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("coordinator", "/coalities/{slug}/beheer/"),
        ("alderman", "/coalities/{slug}/bestuur/"),
        ("analyst", "/cijfers/"),
        ("administrator", "/platform/"),
        ("partner", "/mijn/"),
    ],
)
def test_each_role_lands_at_its_work(
    request: pytest.FixtureRequest, client: Client, coalition: Coalition, role: str, path: str
) -> None:
    client.force_login(request.getfixturevalue(role), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/start/")

    assert response.status_code == 302
    assert response["Location"] == path.format(slug=coalition.slug)


def test_who_is_not_logged_in_logs_in_first(client: Client, db: None) -> None:
    assert client.get("/start/")["Location"] == f"{reverse('account_login')}?next=/start/"


def test_somebody_without_a_role_lands_on_her_own_page(db: None) -> None:
    assert landing(factories.make_person()) == "/mijn/"


def test_team_works_where_the_coordinator_works_and_a_reader_reads(coalition: Coalition) -> None:
    member, reader = factories.make_person(), factories.make_person()
    factories.give_role(member, coalition, Role.TEAM)
    factories.give_role(reader, coalition, Role.READER)

    assert landing(member) == f"/coalities/{coalition.slug}/beheer/"
    assert landing(reader) == f"/coalities/{coalition.slug}/bestuur/"


def test_of_several_roles_the_one_with_most_work_decides(coalition: Coalition, alderman: Person) -> None:
    factories.make_administrator(alderman)
    assert landing(alderman) == f"/coalities/{coalition.slug}/bestuur/"

    elsewhere = factories.make_coalition("Aa en Maas")
    factories.give_role(alderman, elsewhere, Role.COORDINATOR)
    alderman = Person.objects.get(pk=alderman.pk)
    assert landing(alderman) == f"/coalities/{elsewhere.slug}/beheer/"


def test_a_role_that_ended_today_leads_nowhere(analyst: Person) -> None:
    analyst.coalition_roles.update(valid_to=timezone.localdate())

    assert landing(analyst) == "/mijn/"


def test_of_two_coalitions_the_first_by_name_is_opened(coalition: Coalition, coordinator: Person) -> None:
    first = factories.make_coalition("Aa en Maas")
    factories.give_role(coordinator, first, Role.COORDINATOR)

    assert landing(coordinator) == f"/coalities/{first.slug}/beheer/"
