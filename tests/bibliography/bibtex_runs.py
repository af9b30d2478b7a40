"""Runs of BibTeX and pdfLaTeX over entries that the generator wrote."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

CLASSIC_STYLES = ("plain", "plainnat", "IEEEtran")
"""Styles whose every warning is a fault of the entry."""

_PROBE = r"""
ENTRY { author title } { } { }
INTEGERS { place count }
FUNCTION { show.name } {
  "NAME " author place "{ff}|{vv}|{ll}|{jj}" format.name$ * write$ newline$
  place #1 + 'place :=
}
FUNCTION { show } {
  "ENTRY " cite$ * write$ newline$
  "TITLE " title "t" change.case$ * write$ newline$
  author num.names$ 'count :=
  #1 'place :=
  { place count > #0 = } { show.name } while$
}
READ
ITERATE { show }
"""
"""A style that prints what BibTeX itself makes of a title and of each part of each name."""


@dataclass(frozen=True)
class Seen:
    """An entry as BibTeX sees it: the title in sentence case, names as (given, particle, family, suffix)."""

    title: str
    names: tuple[tuple[str, str, str, str], ...]


def style_warnings(bib: str, style: str, folder: Path) -> list[str]:
    """Run `bibtex` over all entries of a file and return its complaints.

    Args:
        bib: The file's text.
        style: The name of an installed `.bst` file.
        folder: Where the run may write.
    """
    log = _bibtex(bib, style, folder)
    return [line for line in log.splitlines() if re.match(r"Warning--|I |.*---line|.*error message", line)]


def seen_by_bibtex(bib: str, folder: Path) -> dict[str, Seen]:
    """Return what BibTeX makes of the titles and names of a file's entries, by key."""
    (folder / "probe.bst").write_text(_PROBE)
    _bibtex(bib, "probe", folder)
    printed = (folder / "run.bbl").read_text().replace("\n  ", " ")
    entries = {}
    for block in printed.split("ENTRY ")[1:]:
        key, title, *names = block.splitlines()
        parts = [tuple(name.removeprefix("NAME ").split("|")) for name in names]
        entries[key] = Seen(title.removeprefix("TITLE "), tuple((p[0], p[1], p[2], p[3]) for p in parts))
    return entries


def latex_errors(bodies: list[str], preamble: str, folder: Path) -> dict[str, str]:
    """Set each text in a box with pdfLaTeX and return the first error of each that has one."""
    boxes = "\n\n".join(rf"\typeout{{ITEM {place}}}\setbox0\hbox{{{body}}}" for place, body in enumerate(bodies))
    found: dict[str, str] = {}
    place = -1
    for line in _pdflatex(preamble, f"x\n{boxes}\n", folder).splitlines():
        if item := re.match(r"ITEM (\d+)", line):
            place = int(item[1])
        elif line.startswith("!"):
            found.setdefault(bodies[place], line)
    return found


def document_errors(bib: str, style: str, folder: Path) -> list[str]:
    """Set the bibliography of all entries with pdfLaTeX and return the errors."""
    _bibtex(bib, style, folder)
    (folder / "all.bbl").write_text((folder / "run.bbl").read_text(encoding="utf-8"), encoding="utf-8")
    packages = "natbib,url" if style == "plainnat" else "url"
    preamble = rf"\usepackage[T1]{{fontenc}}\usepackage{{{packages}}}"
    log = _pdflatex(preamble, "x\n\\input{all.bbl}\n", folder)
    return [line for line in log.splitlines() if line.startswith("!")]


def printed_text(bib: str, folder: Path) -> str:
    """Set the bibliography of all entries with pdfLaTeX and return what stands on the pages, words unbroken."""
    _bibtex(bib, "plain", folder)
    (folder / "all.bbl").write_text((folder / "run.bbl").read_text(encoding="utf-8"), encoding="utf-8")
    names = r"\input{glyphtounicode}\pdfgentounicode=1"
    preamble = rf"\usepackage[T1]{{fontenc}}\usepackage{{lmodern,url}}{names}"
    _pdflatex(
        preamble, "\\hyphenpenalty=10000\\exhyphenpenalty=10000\\sloppy\\pagestyle{empty}\\input{all.bbl}", folder
    )
    pages = pypdfium2.PdfDocument(folder / "run.pdf")
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def _pdflatex(preamble: str, body: str, folder: Path) -> str:
    document = rf"\documentclass{{article}}{preamble}\begin{{document}}{body}\end{{document}}"
    (folder / "run.tex").write_text(document)
    command = ["pdflatex", "-interaction=nonstopmode", "run.tex"]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    return (folder / "run.log").read_text(encoding="latin-1")


def _bibtex(bib: str, style: str, folder: Path) -> str:
    (folder / "all.bib").write_text(bib, encoding="utf-8")
    (folder / "run.aux").write_text(f"\\citation{{*}}\n\\bibdata{{all}}\n\\bibstyle{{{style}}}\n")
    return subprocess.run(
        ["bibtex", "run"], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    ).stdout
