"""Bringing in tables of organisations and people, and the files that fit them."""
