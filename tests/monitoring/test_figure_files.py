"""Every file of published figures says which release it holds, so that nobody fetches the same twice."""

import pytest

from coalitions.models import Coalition
from monitoring import indicator_sets

pytestmark = pytest.mark.django_db

# Session, person, coalition, release, readings, and what an address chooses.
MOST_QUERIES = 8


def addresses(coalition: Coalition) -> dict[str, str]:
    """Each kind of file by a word, and where it is."""
    region = f"/coalities/{coalition.slug}/cijfers"
    found = {}
    for kind in ("csv", "xlsx", "json"):
        found[f"indicator-{kind}"] = f"/indicatoren/vroeggeboorte.{kind}?gebied={coalition.slug}"
        found[f"region-{kind}"] = f"{region}.{kind}"
        found[f"compare-{kind}"] = f"{region}/vergelijken.{kind}?gebied1=GM0983&gebied2=GM0889"
        found[f"municipality-{kind}"] = f"/gemeenten/GM0983/cijfers.{kind}"
    return found


def test_who_asks_again_gets_nothing_until_other_figures_are_published(
    early_births, coalition, client, deliver, django_assert_max_num_queries
):
    first = {address: client.get(address) for address in addresses(coalition).values()}
    for address, response in first.items():
        assert response.status_code == 200, address
        assert "public" in response["Cache-Control"], address
        with django_assert_max_num_queries(MOST_QUERIES):
            again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
    assert len({response["ETag"] for response in first.values()}) == len(first)
    deliver(("GM0014", 2024, "vroeggeboorte", 140, 2000), filename="later.csv")
    for address, response in first.items():
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 200, address


def test_another_choice_of_the_coalition_is_another_file(early_births, coalition, client, coordinator):
    address = addresses(coalition)["region-csv"]
    first = client.get(address)
    indicator_sets.choose(coalition=coalition, code="vroeggeboorte", by=coordinator)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["region-csv", "compare-xlsx"])
def test_a_coalition_that_is_no_longer_public_is_not_there_for_who_has_its_file(
    early_births, coalition, client, name
):
    address = addresses(coalition)[name]
    first = client.get(address)
    Coalition.objects.filter(pk=coalition.pk).update(is_public=False)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_who_logs_in_gets_a_file_of_her_own(early_births, coalition, client, log_in, analyst):
    address = addresses(coalition)["indicator-xlsx"]
    first = client.get(address)
    own = log_in(analyst).get(address, headers={"If-None-Match": first["ETag"]})
    assert own.status_code == 200
    assert "private" in own["Cache-Control"]
