"""Municipalities from what somebody types: names or codes, one a line or with commas."""

import datetime
import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from partners.models import Area

MOST_SUGGESTIONS = 3


@dataclass
class Found:
    """What was understood, and a sentence for each word that was not."""

    areas: list[Area] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def find(text: str, *, on: datetime.date) -> Found:
    """The municipalities of that day that `text` names; one query."""
    by_code: dict[str, Area] = {}
    by_name: dict[str, list[Area]] = defaultdict(list)
    for area in Area.objects.municipalities().on(on):
        by_code[area.code] = area
        for name in {_plain(area.name), _plain(re.sub(r"\s*\(.*\)", "", area.name))}:
            by_name[name].append(area)
    found = Found()
    for word in _words(text):
        areas = [by_code[word.upper()]] if word.upper() in by_code else by_name.get(_plain(word), [])
        if len(areas) == 1 and areas[0] not in found.areas:
            found.areas.append(areas[0])
        elif len(areas) > 1:
            found.problems.append(f"‘{word}’ komt vaker voor. Kies {_choices(areas)}.")
        elif not areas:
            found.problems.append(_unknown(word, by_name))
    return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()]


def _plain(name: str) -> str:
    """As names are compared: without accents, capitals and spare spaces."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def _choices(areas: list[Area]) -> str:
    return " of ".join(f"{area.name} ({area.code})" for area in areas)


def _unknown(word: str, by_name: dict[str, list[Area]]) -> str:
    close = difflib.get_close_matches(_plain(word), by_name, n=MOST_SUGGESTIONS, cutoff=0.7)
    suggestions = list(dict.fromkeys(area.name for name in close for area in by_name[name]))
    hint = f" Bedoel je {' of '.join(suggestions)}?" if suggestions else ""
    return f"‘{word}’ is op deze datum geen gemeente.{hint}"
