"""Pages at their largest scale, each beside an empty page behind the same middleware, log-in and guard.

Warm p95 over requests that take turns, so that a busy moment hits all. `bare` is the same without a page.
The cold ones are of a page that nobody opened since the figures were published: all is read and drawn.
"""

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Coalition, Membership, MembershipState, MembershipStep, Role
from covenants.models import Party, PartySignature
from monitoring import keeping, orders
from monitoring.models import Aggregate, Audit, Partition
from partners.models import Area, Person
from portal import charts, hooks, jobs
from tests import factories
from tests.bench.measure import percentile, report, seconds

ROUNDS = 200
COLD_ROUNDS = 40
MEMBERS = 400
COALITIONS = 40
YEARS = 5
FIRST_YEAR = datetime.date(2021, 3, 1)
NAME = "Meting"


def largest_coalition() -> Coalition:
    """One coalition of every municipality, with four hundred members and all figures of the demo."""
    known = Coalition.objects.filter(name=NAME).first()
    if known:
        return known
    for part in hooks.parts("demo"):
        part.load()
    today = factories.today()
    municipalities = tuple(Area.objects.municipalities().on(today))
    coalition = factories.make_coalition(NAME, municipalities=municipalities)
    for number in range(MEMBERS):
        organisation = factories.make_organisation(
            f"Organisatie {number:03}", municipality=municipalities[number % len(municipalities)]
        )
        membership = factories.make_member(coalition, organisation)
        person = factories.make_person(email=f"lid{number}@meting.example", logs_in=False)
        representative = factories.make_representative(person, organisation, is_primary=True)
        factories.give_seat(membership, representative)
    orders.order_all(reason="meting", by=None)
    jobs.work_due(Partition)
    # The national scale of `figures` is there for its sums alone.
    Audit.objects.filter(partition__indicator__code__startswith="landelijk-").delete()
    factories.publish_figures()
    if not Aggregate.objects.filter(area=coalition.area).exists():
        raise SystemExit("De cijfers voor de meting zijn er niet.")
    return coalition


def measure(name: str, url_name: str) -> None:
    """Print the line of one page of the largest coalition."""
    measure_at(name, address_of(url_name))


def measure_at(name: str, url: str) -> None:
    """Print the line of the page at `url`, seen by the coordinator of the largest coalition."""
    with _reading() as (slug, get):
        addresses = (url, f"/leeg/{slug}/", "/leeg/")
        for address in addresses * 5:
            get(address)
        rounds = [[1000 * seconds(partial(get, address)) for address in addresses] for _ in range(ROUNDS)]
    ours, reference, bare = (list(times) for times in zip(*rounds, strict=True))
    report(name, ours, reference, unit="ms", of="p95", bare=round(percentile(bare), 5))


def measure_cold(name: str, url: str) -> None:
    """The same of a page of which nothing was kept; `cpu` is the ratio of the time that this process worked,
    whatever else the machine does."""
    ours: list[float] = []
    reference: list[float] = []
    with _reading() as (slug, get):
        addresses = (url, f"/leeg/{slug}/")
        for address in addresses * 5:
            get(address)
        worked = dict.fromkeys(addresses, 0.0)
        for _ in range(COLD_ROUNDS):
            _forget()
            for address, times in zip(addresses, (ours, reference), strict=True):
                before = time.process_time()
                times.append(1000 * seconds(partial(get, address)))
                worked[address] += time.process_time() - before
    cpu = worked[addresses[0]] / worked[addresses[1]]
    report(name, ours, reference, unit="ms", of="median", cpu=round(cpu, 3))


def _forget() -> None:
    """As in a process that just started, beside an empty cache."""
    cache.clear()
    keeping.forget_near()
    charts.forget_near()


@contextmanager
def _reading() -> Iterator[tuple[str, Callable[[str], None]]]:
    """The address of the largest coalition, and how its coordinator opens a page."""
    coalition = largest_coalition()
    # A database that lives gets to know its tables by itself; this one was filled a moment ago.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    person = Person.objects.filter(email="meting@meting.example").first()
    if person is None:
        person = factories.make_person("Meter", email="meting@meting.example")
        factories.give_role(person, coalition, Role.COORDINATOR)
    with override_settings(
        ROOT_URLCONF="tests.bench.urls", PORTAL_REQUIRES_SECOND_FACTOR=False, ALLOWED_HOSTS=["testserver"]
    ):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

        def get(address: str) -> None:
            response = client.get(address)
            if response.status_code != 200:
                raise SystemExit(f"{address} gaf {response.status_code}")

        yield coalition.slug, get


def sign_by_all(coalition: Coalition) -> None:
    """Every member is a party of one covenant, for the register at its largest."""
    if coalition.covenants.exists():
        return
    version = factories.freeze(factories.make_draft(coalition))
    organisations = [membership.organisation for membership in coalition.memberships.all()]
    Party.objects.bulk_create(
        Party(covenant=version.covenant, organisation=organisation) for organisation in organisations
    )
    parties = {party.organisation_id: party for party in version.covenant.parties.all()}
    PartySignature.objects.bulk_create(
        PartySignature(
            version=version,
            party=parties[organisation.pk],
            organisation=organisation,
            kind="sign",
            signed_on=factories.LONG_AGO,
            legal_name=organisation.name,
            is_outside=True,
        )
        for organisation in organisations
    )


def live_for_years(coalition: Coalition) -> None:
    """Thirty-nine coalitions beside it with the same four hundred organisations, each with the steps of
    five years: away for a while, and back."""
    if Coalition.objects.filter(name__startswith=f"{NAME} naast").exists():
        return
    municipalities = list(coalition.municipalities())
    organisations = list(coalition.memberships.values_list("organisation", flat=True))
    for number in range(COALITIONS - 1):
        places = tuple(municipalities[number * 8 : number * 8 + 8])
        beside = factories.make_coalition(f"{NAME} naast {number:02}", municipalities=places)
        Membership.objects.bulk_create(
            Membership(
                coalition=beside,
                organisation_id=organisation,
                state=MembershipState.MEMBER,
                joined_on=FIRST_YEAR,
            )
            for organisation in organisations
        )
    spells = Membership.objects.filter(coalition__name__startswith=NAME).values_list("pk", flat=True)
    there_and_back = (MembershipState.MEMBER, MembershipState.DORMANT)
    for year in range(YEARS):
        days = [FIRST_YEAR.replace(year=FIRST_YEAR.year + year, month=1 + 6 * half) for half in range(2)]
        MembershipStep.objects.bulk_create(
            (
                MembershipStep(
                    membership_id=spell,
                    from_state=there_and_back[(year + half + 1) % 2],
                    to_state=there_and_back[(year + half) % 2],
                    happened_on=day,
                    recorded_at=timezone.make_aware(datetime.datetime.combine(day, datetime.time(9))),
                )
                for spell in spells
                for half, day in enumerate(days)
            ),
            batch_size=5000,
        )


def measure_in_time(name: str, url_name: str) -> None:
    """A page about membership, beside everything that forty coalitions did in five years."""
    live_for_years(largest_coalition())
    measure(name, url_name)


def measure_register() -> None:
    """The register of four hundred parties."""
    sign_by_all(largest_coalition())
    measure("page_register", "covenants:register")


def indicator_address() -> str:
    """One indicator with every municipality of the country in its map and table."""
    address = reverse("monitoring:indicator-detail", args=["big2"])
    return f"{address}?gebied={largest_coalition().slug}"


def address_of(url_name: str) -> str:
    """A page of the largest coalition."""
    return reverse(url_name, args=[largest_coalition().slug])


BENCHMARKS = {
    "page_board": lambda: measure_in_time("page_board", "monitoring:board"),
    "page_region": lambda: measure("page_region", "monitoring:region"),
    "page_indicator": lambda: measure_at("page_indicator", indicator_address()),
    "page_board_cold": lambda: measure_cold("page_board_cold", address_of("monitoring:board")),
    "page_region_cold": lambda: measure_cold("page_region_cold", address_of("monitoring:region")),
    "page_indicator_cold": lambda: measure_cold("page_indicator_cold", indicator_address()),
    "page_register": measure_register,
    "page_members": lambda: measure_in_time("page_members", "coalitions:member-list"),
    "page_pipeline": lambda: measure_in_time("page_pipeline", "coalitions:pipeline-list"),
    "page_matrix": lambda: measure_in_time("page_matrix", "coalitions:gap-list"),
}
