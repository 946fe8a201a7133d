"""Protection of small counts: what may be shown so that nobody can work a small count out."""

from monitoring.disclosure.audit import Bounds, audit
from monitoring.disclosure.protect import Protection, Unprotectable, protect
from monitoring.disclosure.tables import Cell, Shown, Table, Total

__all__ = ["Bounds", "Cell", "Protection", "Shown", "Table", "Total", "Unprotectable", "audit", "protect"]
