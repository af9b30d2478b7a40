"""Addresses on the forge that hosts a survey's repository."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from generator.model import SurveyFile

_PREFIXES = {"gitlab": "-/", "codeberg": "_", "gitea": "_", "forgejo": "_"}
"""What stands before `edit/` and `new/` on a forge, by a word of its host; GitHub has nothing there."""


def repository(survey: SurveyFile) -> str | None:
    """Return the repository's address as a browser opens it, where the survey names one."""
    return survey.repository and survey.repository.removesuffix("/").removesuffix(".git")


def edit_path(survey: SurveyFile) -> str:
    """Return what stands between the repository's address and the path of a file to be edited."""
    return _path(survey, "edit")


def edit(survey: SurveyFile, source: str) -> str | None:
    """Return the address of the form that edits a file, where the survey names a repository."""
    address = repository(survey)
    return address and f"{address}/{edit_path(survey)}{quote(source)}"


def new(survey: SurveyFile, folder: str) -> str | None:
    """Return the address of the form that adds a file to a folder, where the survey names a repository."""
    address = repository(survey)
    return address and f"{address}/{_path(survey, 'new')}{quote(folder)}"


def releases(survey: SurveyFile) -> str | None:
    """Return the address of the repository's releases, where the survey names a repository."""
    address = repository(survey)
    host = urlsplit(survey.repository or "").hostname or ""
    return address and f"{address}/{'-/' if 'gitlab' in host else ''}releases"


def _path(survey: SurveyFile, verb: str) -> str:
    host = urlsplit(survey.repository or "").hostname or ""
    prefix = next((prefix for word, prefix in _PREFIXES.items() if word in host), "")
    return f"{prefix}{verb}/{quote(survey.branch)}/"
