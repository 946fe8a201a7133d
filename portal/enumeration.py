"""Names in a row, as a sentence has them."""

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """As in "Venlo, Beesel en Weert"; empty of nothing."""
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
