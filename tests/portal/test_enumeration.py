import pytest

from portal.enumeration import listed


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], ""),
        (["Venlo"], "Venlo"),
        (["Venlo", "Weert"], "Venlo en Weert"),
        (("Venlo", "Beesel", "nog 2"), "Venlo, Beesel en nog 2"),
    ],
)
def test_names_stand_in_a_row_as_a_sentence_has_them(names, sentence):
    assert listed(names) == sentence
