"""Addresses on the forge that hosts a survey's repository."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.model import SurveyFile

_PREFIXES = {"gitlab": "-/", "codeberg": "_", "gitea": "_", "forgejo": "_"}
"""What stands before `edit/` and `new/` on a forge, by a word of its host; GitHub has nothing there."""

_PREFILLED = {"github": ("filename", "value"), "gitlab": ("file_name", None)} | dict.fromkeys(
    ("codeberg", "gitea", "forgejo"), ("filename", "value")
)
"""What a forge calls the name and the content of a new file in the address of its form, as far as it takes them."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """The form that adds a file to a repository, and how its address says what is filled in.

    Attributes:
        address: Where the form is.
        host: The forge's name for people.
        name: The parameter for the file's path; none where the forge takes no such thing.
        content: The parameter for what is in the file.
    """

    address: str
    host: str
    name: str | None
    content: str | None


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


def new_file(survey: SurveyFile) -> NewFile | None:
    """Return the form that adds a file, to be opened with what is filled in, where the survey names a repository."""
    address = new(survey, "")
    if address is None:
        return None
    host = _host(survey)
    name, content = next((names for word, names in _PREFILLED.items() if word in host), (None, None))
    return NewFile(address.removesuffix("/"), host, name, content)


def _host(survey: SurveyFile) -> str:
    return urlsplit(survey.repository or "").hostname or ""


def releases(survey: SurveyFile) -> str | None:
    """Return the address of the repository's releases, where the survey names a repository."""
    address = repository(survey)
    return address and f"{address}/{'-/' if 'gitlab' in _host(survey) else ''}releases"


def _path(survey: SurveyFile, verb: str) -> str:
    prefix = next((prefix for word, prefix in _PREFIXES.items() if word in _host(survey)), "")
    return f"{prefix}{verb}/{quote(survey.branch)}/"
