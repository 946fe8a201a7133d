"""What the log of a coalition tells of its board page."""

from coalitions.log import HERE, Kind
from monitoring.models import BoardItem, BoardProposal

KINDS = (
    Kind(BoardItem, HERE, ("question",)),
    Kind(BoardProposal, HERE, ("question",)),
)
