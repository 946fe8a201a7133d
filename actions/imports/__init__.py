"""Bringing in a table of actions."""
