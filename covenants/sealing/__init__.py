"""The seal of the platform on a PDF: made, checked, renewed. Knows files and keys, no covenants."""

from covenants.sealing.making import SealedPdf, SealingWaits, SealRefused, TimeRevoked, renew, seal

__all__ = ["SealRefused", "SealedPdf", "SealingWaits", "TimeRevoked", "renew", "seal"]
