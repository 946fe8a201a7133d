"""Pages at their largest scale."""

BENCHMARKS: dict = {}
