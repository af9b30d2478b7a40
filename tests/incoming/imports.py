"""What the tests of imports share: reading a text as a file of some name, and planning an import of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from generator.decode import decode
from generator.importing import read_sources
from generator.incoming.entry import Incoming
from generator.incoming.plan import Plan, plan
from generator.resolve import resolve
from generator.source import SourceFile

SURVEY = {
    "content/survey.yaml": "format: 1\ntitle: Imports\ngroupings: [topics]\ntags: {drop-in: Fits in.}\n",
    "content/groupings/topics/_index.yaml": "title: Topics\n",
    "content/venues.yaml": (
        "acl: {short: ACL, full: Annual Meeting of the Association for Computational Linguistics, kind: conference}\n"
        "icml: {short: ICML, full: International Conference on Machine Learning, kind: conference}\n"
        "naacl:\n  short: NAACL\n"
        '  full: "Conference of the North American Chapter of the Association for Computational Linguistics: '
        'Human Language Technologies"\n  kind: conference\n'
        "neurips:\n  short: NeurIPS\n  full: Advances in Neural Information Processing Systems\n"
        "  kind: conference\n  aliases: [NIPS]\n"
        "tacl:\n  short: TACL\n  full: Transactions of the Association for Computational Linguistics\n"
        "  kind: journal\n  publisher: MIT Press\n  issn: 2307-387X\n"
    ),
}


def read_text(text: str | bytes, folder: Path, name: str = "refs.bib") -> list[Incoming]:
    """Read a text as a file of this name."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sources([folder / name], None).entries


def planned(
    text: str | bytes,
    folder: Path,
    name: str = "refs.bib",
    *,
    update: bool = False,
    survey_files: Mapping[str, str] = MappingProxyType({}),
    **files: str,
) -> Plan:
    """Plan an import into a small survey; `files` are further records by key, `survey_files` other files by path."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    sources = read_sources([folder / name], None)
    own = SURVEY | dict(survey_files) | {f"content/papers/{key}.yaml": record for key, record in files.items()}
    content, mistakes = decode([SourceFile(path, text) for path, text in own.items()])
    assert mistakes == []
    survey, dangling = resolve(content)
    assert dangling == []
    result = plan(content, survey, sources.entries, update=update)
    result.found = sources.found + result.found
    return result


def records(result: Plan) -> dict[str, dict[str, Any]]:
    """Return the new records by key, as any reader of YAML sees them."""
    return {key: yaml.safe_load(output.content) for key, output in result.new.items()}


def only(result: Plan) -> dict[str, Any]:
    """Return the one new record."""
    (record,) = records(result).values()
    return record


def told(result: Plan) -> list[tuple[int, str]]:
    """Return line and code of the findings."""
    return [(found.place.line, found.code) for found in result.found]


def findings(result: Plan, code: str) -> list[str]:
    """Return the messages of the findings with a code."""
    return [found.message for found in result.found if found.code == code]
