"""Rows of several tables put together for one page."""
