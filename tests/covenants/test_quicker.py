"""What is done quicker comes to the same as what the libraries do."""

import io

import pytest
from asn1crypto import x509
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError

from covenants.sealing import checking, quicker  # noqa: F401
from covenants.sealing.quicker import FIRST_PIECE, NAME_PIECE

hexadecimal = st.text(st.sampled_from("0123456789abcdefABCDEF \r\n\tg<>%"), max_size=80).map(str.encode)


def outcome(read, content: bytes) -> object:
    stream = io.BytesIO(content)
    try:
        found = read(stream)
    except (PdfError, ValueError) as error:
        return type(error), str(error)
    return type(found), found, stream.tell()


@given(hexadecimal, st.integers(0, 3))
@example(b"> 12>", 0)
@example(b"0>", 0)
@example(b"", 0)
@example(b"FEFF00410042>", 0)
@example(b"aF" * (FIRST_PIECE // 2) + b">", 0)
@example(b"aF" * FIRST_PIECE * 3, 0)
@example(b"aF" * FIRST_PIECE * 3 + b"0>>>", 1)
@example(b"aF" * FIRST_PIECE * 3 + b"\n0>", 1)
def test_a_string_in_digits_is_read_the_same(text, before):
    content = b" " * before + b"<" + text

    def at(read):
        def reading(stream):
            stream.seek(before)
            return read(stream)

        return reading

    ours = outcome(at(quicker.read_hex_string), content)
    assert ours == outcome(at(quicker.reads_hex_string), content)


@given(
    st.text(st.sampled_from("/aZ09.-#4 \n\t\f\0\x0b<>()[]{}%\x7fé"), max_size=12).map(str.encode),
    st.booleans(),
)
@example(b"/", False)
@example(b"/#41b ", True)
@example(b"/" + b"a" * (NAME_PIECE - 2) + b" ", True)
@example(b"/" + b"a" * (NAME_PIECE - 1) + b" ", True)
@example(b"/" + b"a" * 5 * NAME_PIECE, True)
def test_a_name_is_read_the_same(text, is_name):
    content = b"/" * is_name + text
    assert outcome(quicker.read_name, content) == outcome(quicker.reads_name, content)


@given(st.text(max_size=40))
@example("TEST – niet rechtsgeldig")
@example("  Twee   WOORDEN ")
@example("�")
@example("אa")
def test_a_name_is_prepared_the_same(text):
    name = x509.NameTypeAndValue(
        {"type": "common_name", "value": x509.DirectoryString({"utf8_string": text})}
    )

    def prepared(prepare):
        try:
            return prepare(name, text)
        except (ValueError, IndexError) as error:
            return type(error), str(error)

    assert prepared(quicker.prepare) == prepared(quicker.prepares)


@pytest.mark.parametrize(("left", "right", "are_same"), [("Straße", "STRASSE", True), ("Jan", "Piet", False)])
def test_names_are_the_same_as_before(left, right, are_same):
    first, second = (x509.Name.build({"common_name": name}) for name in (left, right))
    assert (first == second) is are_same
    assert quicker.are_same(first, second) is are_same
    assert first != "Straße"


def test_a_name_is_itself_however_it_was_written():
    name = x509.Name.build({"common_name": "Jan", "country_name": "NL"})
    assert name == x509.Name.load(name.dump())
    assert name == x509.Name.build({"common_name": "JAN", "country_name": "NL"})
    assert name != x509.Name.build({"common_name": "Jan"})


def test_the_checks_use_it():
    assert generic.read_hex_string_from_stream is quicker.read_hex_string
    assert generic.NameObject.read_from_stream is quicker.read_name
    assert x509.Name.__eq__ is quicker.is_same
    assert x509.NameTypeAndValue._ldap_string_prep is quicker.prepare
