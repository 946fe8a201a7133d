"""Agreed: covenants, their versions, and what is said about a text while it is written."""

from covenants.models.texts import (
    BlockEdit,
    Comment,
    Covenant,
    CovenantKind,
    CovenantVersion,
    ForceRule,
    ResignRule,
    VersionState,
)

__all__ = [
    "BlockEdit",
    "Comment",
    "Covenant",
    "CovenantKind",
    "CovenantVersion",
    "ForceRule",
    "ResignRule",
    "VersionState",
]
