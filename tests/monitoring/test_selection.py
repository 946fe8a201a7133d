import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from monitoring import selection
from monitoring.charts import class_words
from monitoring.models import Observation
from partners.models import AreaKind
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

NOBODY = AnonymousUser()


def select(area: str = "", period: str = "", person: object = NOBODY, **more: str) -> selection.Selection:
    words = {"gebied": area, "periode": period, **more}
    return selection.select("vroeggeboorte", person=person, words=words)


def test_without_a_choice_the_country_and_the_newest_period_are_shown(early_births, country):
    chosen = select()
    assert (chosen.area, chosen.period.code) == (country, "2023")
    assert [period.code for period in chosen.periods] == ["2022", "2023"]
    assert len(chosen.municipalities) == 4


def test_a_region_is_made_of_its_municipalities_on_the_day_of_the_period(early_births, coalition):
    later = factories.make_area("Gennep", code="GM0907")
    factories.put_in_region(coalition.area, later, valid_from=datetime.date(2023, 1, 1))
    for observed in Observation.objects.filter(area__code="GM0014"):
        observed.pk, observed.area = None, later
        observed.save(force_insert=True)
    names = {
        code: [figure.area.name for figure in select(coalition.slug, code).municipalities]
        for code in ("2022", "2023")
    }
    assert names["2022"] == ["Beesel", "Venlo", "Weert"]
    assert names["2023"] == ["Beesel", "Gennep", "Venlo", "Weert"]


def test_the_choice_goes_along_in_the_address(early_births, coalition):
    chosen = select(coalition.slug, "2022")
    assert chosen.query == f"?gebied={coalition.slug}&periode=2022"


def test_a_member_may_choose_her_own_hidden_coalition_and_nobody_else_may(early_births):
    hidden = factories.make_coalition("Geheim", is_public=False)
    member = factories.make_person()
    factories.give_role(member, hidden)
    assert select(hidden.slug, person=member).area == hidden.area
    with pytest.raises(Http404):
        select(hidden.slug)


def test_the_classes_of_the_map_hold_equally_many_municipalities(early_births):
    chosen = select()
    breaks = selection.breaks(chosen)
    assert 1 < len(breaks) <= 4
    assert breaks == sorted(breaks)
    # The same for every area and period, so that maps can be laid side by side.
    assert selection.breaks(select("GM0983", "2022")) == breaks


def test_many_places_with_the_same_figure_leave_fewer_classes_and_none_below_zero(
    third_municipality, country, deliver
):
    deliver(*((code, 2023, "tienermoeders", x, 500) for code, x in (("GM0983", 0), ("GM0889", 0))))
    deliver(("GM0988", 2023, "tienermoeders", 12, 500), filename="meer.csv")
    chosen = selection.select("tienermoeders", person=AnonymousUser(), words={})
    limits = selection.breaks(chosen)
    words = class_words(limits, chosen.definition)
    assert limits
    assert limits[0] > 0
    assert len(words) == len(set(words))


def test_the_newest_inhabitants_give_a_circle_its_size(deliver, country):
    for year, count in ((2022, 101_000), (2023, 102_176)):
        deliver(("GM0983", year, "inwoners-per-huishouden", count, 48_000))
    assert list(selection.inhabitants().values()) == [102_176]


def test_the_country_is_seen_by_province_and_a_region_by_municipality(early_births, deliver, coalition):
    assert select("NL").levels == [AreaKind.MUNICIPALITY]
    province = factories.make_area("Limburg", kind=AreaKind.PROVINCE, code="PV31")
    factories.put_in_region(province, *coalition.municipalities())
    deliver(("GM0983", 2021, "vroeggeboorte", 60, 900))
    assert select("NL", "2021").level == AreaKind.PROVINCE
    assert select("NL", "2021", niveau="gemeente").level == AreaKind.MUNICIPALITY
    assert select(coalition.slug).levels == [AreaKind.MUNICIPALITY]
    with pytest.raises(Http404):
        select(coalition.slug, niveau="provincie")


def test_a_municipality_can_be_laid_beside_the_regions_around_it(early_births, coalition):
    venlo = select("GM0983")
    assert [one.word for one in venlo.besides()] == [coalition.slug, "stedelijkheid"]
    assert venlo.parts == []
    beside = select("GM0983", vergelijk=coalition.slug)
    assert [figure.area.name for figure in beside.parts] == ["Beesel", "Venlo", "Weert"]
    assert {figure.area for figure in beside.regional} == {coalition.area}
    assert beside.query == f"?gebied=GM0983&periode=2023&vergelijk={coalition.slug}"
    with pytest.raises(Http404):
        select("GM0983", vergelijk="elders")


def test_two_regions_of_one_name_say_of_what_kind_they_are(early_births, coalition):
    namesake = factories.make_area(coalition.area.name, kind=AreaKind.PROVINCE)
    factories.put_in_region(namesake, *coalition.municipalities())
    labels = [one.label for one in select("GM0983").besides() if one.region]
    assert sorted(labels) == [f"{coalition.area.name} ({kind})" for kind in ("coalitie", "provincie")]


def test_a_region_is_laid_only_beside_what_holds_all_of_it(early_births, coalition):
    part, whole = (factories.make_area(name, kind=AreaKind.PROVINCE) for name in ("Deel", "Geheel"))
    factories.put_in_region(part, *list(coalition.municipalities())[:1])
    assert select(coalition.slug).besides() == []
    others = list(coalition.municipalities())[1:]
    factories.put_in_region(part, *others)
    assert [one.region for one in select(coalition.slug).besides()] == [part]
    assert whole not in {one.region for one in select(coalition.slug).besides()}


def test_a_hidden_coalition_is_nothing_to_compare_with_for_an_outsider(early_births, coalition):
    hidden = factories.make_coalition("Geheim", is_public=False)
    factories.put_in_region(hidden.area, *coalition.municipalities())
    assert hidden.slug not in [one.word for one in select("GM0983").besides()]


def test_peers_are_as_urban_by_the_classes_of_cbs(early_births):
    # Venlo and Groningen differ: matig or sterk against zeer sterk stedelijk.
    names = [figure.area.name for figure in select("GM0983", vergelijk="stedelijkheid").parts]
    assert "Venlo" in names
    assert "Groningen" not in names


def test_the_origin_is_every_file_with_a_figure_that_still_holds(early_births, deliver, coalition):
    newer = deliver(("GM0983", 2023, "vroeggeboorte", 61, 900), filename="nieuwer.csv")
    assert set(selection.files_of(select(coalition.slug, "2023"))) == {early_births, newer}
    assert selection.files_of(select(coalition.slug, "2022")) == [early_births]
