"""Numbers as they are written in Dutch."""

from functools import lru_cache

from django.utils.formats import number_format


@lru_cache(maxsize=4096, typed=True)
def dutch_number(value: float, decimals: int = 0) -> str:
    """`516.266`, or `14,8` with one decimal; the minus is a real one."""
    text = number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)
    return text.replace("-", "\N{MINUS SIGN}")


def counted(count: int, one: str, several: str) -> str:
    """How many there are of it: "1 gemeente", "1.200 gemeenten", "geen gemeenten"."""
    return f"{dutch_number(count) if count else 'geen'} {one if count == 1 else several}"
