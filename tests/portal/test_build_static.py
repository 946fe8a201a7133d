"""Making the style sheet."""

import json
from pathlib import Path

from django.conf import settings

from portal.management.commands.build_static import (
    bundle,
    install_packages,
    minify,
    own_sheets,
)


def test_minify_keeps_meaning_and_drops_the_rest() -> None:
    css = '@charset "UTF-8";\n/* note */\n.a > .b + .c {\n  inset: calc(1px + 2px) ;\n}\n'
    assert minify(css) == ".a > .b + .c{inset: calc(1px + 2px)}"


def test_lock_holds_checksums_and_no_addresses() -> None:
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages)


def test_new_sheet_is_found_and_stands_between_elements_and_paper(tmp_path: Path) -> None:
    for name in ("zebra", "print", "theme", "elements", "cards"):
        (tmp_path / f"{name}.css").touch()
    names = [path.stem for path in own_sheets(tmp_path)]
    assert names == ["theme", "elements", "cards", "zebra", "print"]


def test_bundle_has_its_fonts_names_its_licence_and_calls_no_other_host() -> None:
    install_packages(settings.BASE_DIR)
    sheet = bundle(settings.BASE_DIR)
    css = sheet.read_text()
    assert "EUPL-1.2" in css
    assert "fonts/source-sans-3-latin-wght-normal.woff2" in css
    assert (sheet.parent / "fonts" / "source-sans-3-latin-wght-normal.woff2").exists()
    assert "url(http" not in css
    assert "@import" not in css


def test_packages_are_not_installed_again_while_the_lock_stays_the_same() -> None:
    install_packages(settings.BASE_DIR)
    assert install_packages(settings.BASE_DIR) is False
