"""Modules compiled once, before several processes read them: each would compile all of them for itself."""

import compileall
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from _pytest.assertion.rewrite import PYC_TAIL, _rewrite_test, _write_pyc, assertstate_key, get_cache_dir

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
APPS = ("portal", "partners", "coalitions", "covenants", "actions", "monitoring", "config")


def compile_all(config: pytest.Config) -> None:
    """Compile the portal, and the tests with their asserts rewritten as pytest does; what did not change
    since the last time is left."""
    if sys.dont_write_bytecode:
        return
    for app in APPS:
        compileall.compile_dir(ROOT / app, quiet=1)
    for source in TESTS.rglob("test_*.py"):
        compiled = get_cache_dir(source) / (source.stem + PYC_TAIL)
        # pytest looks at the content as well, so whatever is missed here it does anew.
        if compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime:
            continue
        compiled.parent.mkdir(exist_ok=True)
        # Who reads the module says what is wrong with it.
        with suppress(SyntaxError):
            digest, code = _rewrite_test(source, config)
            _write_pyc(config.stash[assertstate_key], code, digest, compiled)
