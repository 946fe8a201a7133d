"""Every definition file loads, and every kind of broken file is refused by name and key."""

from dataclasses import FrozenInstanceError

import pytest

from monitoring.catalogue import DEFINITIONS, DefinitionError, load_definitions, read_definition

FILES = sorted(DEFINITIONS.glob("*.toml"))
MADE_UP = {
    "tienermoeders",
    "vroeggeboorte",
    "laag-gewicht-voor-de-duur",
    "big2",
    "kinderen-in-bijstandsgezinnen",
}
GOOD = (DEFINITIONS / "vroeggeboorte.toml").read_text(encoding="utf-8")


def by_code():
    return {definition.code: definition for definition in load_definitions()}


def refused(folder, text, name="vroeggeboorte.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        read_definition(path)
    return str(refusal.value)


def without(key):
    return "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(f"{key} = "))


def with_value(key, value):
    lines = [
        f"{key} = {value}\n" if line.startswith(f"{key} = ") else line
        for line in GOOD.splitlines(keepends=True)
    ]
    assert "".join(lines) != GOOD
    return "".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_definition_file_loads(path):
    assert read_definition(path).code == path.stem


def test_the_catalogue_is_ordered_by_theme_then_national_code_then_name():
    codes = [definition.code for definition in load_definitions()]
    assert len(codes) == len(FILES)
    assert codes[:3] == ["inwoners-per-huishouden", "inwoners-per-km2", "kinderen-0-4"]
    assert codes[3:6] == ["psychische-problemen", "rokende-vrouwen", "problematische-schulden"]
    assert codes[-1] == "gemeenten-met-plan"


def test_the_national_set_is_complete():
    expected = {
        f"{prefix}{number:02}"
        for prefix, count in (("VZ", 5), ("TZ", 4), ("GE", 8), ("NG", 5), ("SC", 4), ("PR", 2))
        for number in range(1, count + 1)
    }
    assert {definition.spec_code for definition in load_definitions()} - {""} == expected


# The table of the national set: direction, unit, level, years between, who keeps it, and whether its
# definition was read at the source.
NATIONAL = """
VZ01 - %         gemeente 1 RIVM           nee
VZ02 - %         gemeente 4 Gezondheidsmonitor nee
VZ03 - %         gemeente 1 CBS            nee
VZ04 - per_1.000 gemeente 1 CBS            nee
VZ05 + %         regio    1 RIVM           ja
TZ01 - %         gemeente 1 JGZ            nee
TZ02 + %         gemeente 1 Perined        nee
TZ03 o per_100   gemeente 1 JGZ            nee
TZ04 + %         regio    1 RIVM           ja
GE01 - %         gemeente 1 Perined        ja
GE02 - %         gemeente 1 Perined        ja
GE03 - %         gemeente 1 Perined        ja
GE04 - %         gemeente 1 Perined        ja
GE05 - per_1.000 regio    1 Perined        ja
GE06 - per_1.000 regio    1 Perined        ja
GE07 - per_1.000 regio    1 CBS            ja
GE08 o per_1.000 buurt    1 CBS            ja
NG01 - %         gemeente 1 Vektis         nee
NG02 + %         gemeente 1 JGZ            nee
NG03 o %         gemeente 1 CBS            nee
NG04 - per_1.000 regio    1 CBS            nee
NG05 + %         gemeente 1 RIVM           nee
SC01 - %         wijk     1 CBS            ja
SC02 - %         gemeente 1 CBS            ja
SC03 - %         wijk     1 CBS            ja
SC04 o %         buurt    1 CBS            nee
PR01 + %         regio    1 RIVM           ja
PR02 + %         regio    1 RIVM           ja
"""
SIGNS = {"lower": "-", "higher": "+", "none": "o"}
FACTORS = {"%": 100, "per_1.000": 1000, "per_100": 100}


@pytest.mark.parametrize("line", NATIONAL.split("\n")[1:-1], ids=lambda line: line.split()[0])
def test_each_indicator_is_as_the_national_set_has_it(line):
    code, sign, unit, level, years, keeper, is_read = line.split()
    (found,) = (one for one in load_definitions() if one.spec_code == code)
    assert SIGNS[found.direction] == sign
    assert found.unit.startswith(unit.replace("_", " "))
    assert found.factor == FACTORS[unit]
    assert (found.lowest_level, found.every_years) == (level, int(years))
    assert keeper in (found.source.note if found.is_demo else found.source.name)
    assert found.is_verified == (is_read == "ja")


def test_who_is_made_up_says_so_and_nobody_else_does():
    assert {definition.code for definition in load_definitions() if definition.is_demo} == MADE_UP
    for definition in load_definitions():
        assert ("verzonnen" in definition.source.note) == definition.is_demo


def test_an_interval_is_only_for_persons_at_risk_and_all_of_those_have_one():
    for definition in load_definitions():
        assert (definition.interval != "none") == definition.at_risk


def test_a_count_per_thousand_has_the_limits_of_a_rate_and_a_percentage_those_of_a_share():
    for definition in load_definitions():
        if definition.interval != "none":
            assert definition.interval == ("wilson" if definition.unit == "%" else "byar")


def test_what_counts_municipalities_or_has_no_counts_protects_nothing():
    open_ones = {one.spec_code for one in load_definitions() if one.disclosure == "open"} - {""}
    assert open_ones == {"VZ02", "VZ05", "TZ04", "GE08", "SC04", "PR01", "PR02"}
    assert {one.spec_code for one in load_definitions() if one.aggregation == "none"} == {"VZ02"}


def test_a_zero_is_kept_back_where_it_says_too_much():
    sensitive = {one.spec_code for one in load_definitions() if one.disclosure == "counts-and-zero"}
    assert sensitive == {"GE05", "GE06", "GE07", "NG04", "VZ03"}


def test_a_definition_from_general_knowledge_is_not_called_verified():
    assert not by_code()["tienermoeders"].is_verified
    assert by_code()["vroeggeboorte"].is_verified


def test_density_counts_hectares_and_shows_square_kilometres():
    definition = by_code()["inwoners-per-km2"]
    assert (definition.factor, definition.unit) == (100, "inwoners per km² land")


def test_unknown_reference_date_is_said_where_the_source_does_not_give_it():
    definition = by_code()["kinderen-0-4"]
    assert definition.period_kind == "onbekend"
    assert "Peildatum niet bekend" in definition.source.note


def test_a_definition_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        load_definitions()[0].factor = 10  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (without("factor"), "vroeggeboorte.toml: sleutel 'factor' ontbreekt."),
        (without("licence"), "vroeggeboorte.toml: sleutel 'source.licence' ontbreekt."),
        (with_value("question", '"  "'), "vroeggeboorte.toml: sleutel 'question' is leeg."),
        (with_value("licence", '""'), "vroeggeboorte.toml: sleutel 'source.licence' is leeg."),
        (with_value("spec_code", '""'), "vroeggeboorte.toml: sleutel 'spec_code' is leeg."),
        ("colour = 'red'\n" + GOOD, "vroeggeboorte.toml: sleutel 'colour' is onbekend."),
        (GOOD + "mail = 'x'\n", "vroeggeboorte.toml: sleutel 'source.mail' is onbekend."),
        (
            with_value("factor", '"100"'),
            "vroeggeboorte.toml: sleutel 'factor' moet een geheel getal zijn.",
        ),
        (
            with_value("factor", "true"),
            "vroeggeboorte.toml: sleutel 'factor' moet een geheel getal zijn.",
        ),
        (with_value("name", "1"), "vroeggeboorte.toml: sleutel 'name' moet tekst zijn."),
        (
            with_value("is_demo", '"ja"'),
            "vroeggeboorte.toml: sleutel 'is_demo' moet true of false zijn.",
        ),
        (
            with_value("direction", '"down"'),
            "vroeggeboorte.toml: sleutel 'direction' is 'down'; kies uit lower, higher, none.",
        ),
        (
            with_value("code", '"Vroeg geboorte"'),
            "vroeggeboorte.toml: sleutel 'code' mag alleen a-z, 0-9 en streepjes hebben.",
        ),
        (
            with_value("code", '"te-vroeg"'),
            "vroeggeboorte.toml: sleutel 'code' moet gelijk zijn aan de bestandsnaam.",
        ),
        (
            with_value("spec_code", '"1"'),
            "vroeggeboorte.toml: sleutel 'spec_code' moet eruitzien als GE01.",
        ),
        (
            with_value("version", "0"),
            "vroeggeboorte.toml: sleutel 'version' moet 1 of hoger zijn.",
        ),
        (
            with_value("factor", "1000"),
            "vroeggeboorte.toml: sleutel 'factor' moet 100 zijn bij de eenheid %.",
        ),
        (with_value("factor", "0"), "vroeggeboorte.toml: sleutel 'factor' moet 1 of hoger zijn."),
        (
            with_value("decimals", "9"),
            "vroeggeboorte.toml: sleutel 'decimals' moet 0 tot en met 4 zijn.",
        ),
        (
            with_value("is_share", "false"),
            (
                "vroeggeboorte.toml: sleutel 'interval' kan alleen wilson zijn"
                " als de teller deel is van de noemer."
            ),
        ),
        (
            with_value("disclosure", '"open"'),
            "vroeggeboorte.toml: sleutel 'interval' moet none zijn bij een telling van iedereen.",
        ),
        (
            with_value("every_years", "0"),
            "vroeggeboorte.toml: sleutel 'every_years' moet 1 of hoger zijn.",
        ),
        (
            with_value("lowest_level", '"straat"'),
            "vroeggeboorte.toml: sleutel 'lowest_level' is 'straat'; kies uit buurt, wijk, gemeente, regio.",
        ),
        (
            GOOD.replace("[source]", 'pooled_level = "regio"\n[source]'),
            (
                "vroeggeboorte.toml: sleutels 'pooled_level' en 'pooled_only' zijn voor wat alleen per regio"
                " staat."
            ),
        ),
        (GOOD.split("[source]")[0], "vroeggeboorte.toml: het blok [source] ontbreekt."),
    ],
)
def test_a_broken_file_is_refused_with_the_file_and_the_key(tmp_path, text, sentence):
    assert refused(tmp_path, text) == sentence


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    sentence = refused(tmp_path, "dit is = geen = toml")
    assert sentence.startswith("vroeggeboorte.toml: dit is geen leesbaar TOML-bestand")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "vroeggeboorte.toml"
    path.write_bytes(GOOD.replace("Vroeggeboorte", "Vróeg").encode("cp1252"))
    with pytest.raises(DefinitionError, match="geen leesbaar TOML-bestand"):
        read_definition(path)


def test_the_same_national_code_twice_is_refused_naming_both_files(tmp_path):
    (tmp_path / "te-vroeg.toml").write_text(with_value("code", '"te-vroeg"'), encoding="utf-8")
    (tmp_path / "vroeggeboorte.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        load_definitions(tmp_path)
    assert str(refusal.value) == ("vroeggeboorte.toml: spec_code 'GE01' staat ook in te-vroeg.toml.")


def test_the_same_code_in_a_second_file_is_refused(tmp_path):
    (tmp_path / "kopie.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "vroeggeboorte.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"kopie\.toml: sleutel 'code' moet gelijk zijn"):
        load_definitions(tmp_path)


def test_an_empty_folder_gives_an_empty_catalogue(tmp_path):
    assert load_definitions(tmp_path) == ()


def test_a_part_that_is_no_indicator_is_refused(tmp_path):
    text = GOOD.replace("period_kind = ", 'parts = "te-klein"\nperiod_kind = ')
    (tmp_path / "vroeggeboorte.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refusal:
        load_definitions(tmp_path)
    assert str(refusal.value) == "vroeggeboorte.toml: deel 'te-klein' is geen indicator."
