"""The package as others get it: what is in it, and that it builds a survey far from this repository."""

from __future__ import annotations

import email
import html
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from packaging.metadata import Metadata

from surveys import read_yaml

OURS = ("LIVING_SURVEY", "MAKE", "PYTHON", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH")


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command as in a shell that knows nothing of these tests; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    done = subprocess.run(
        command, cwd=cwd, env=environment | variables, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def pack(source: Path, target: Path, kind: str, **variables: str) -> Path:
    """Build a distribution with the locked build backend: nothing is fetched, nothing is isolated."""
    run(sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", target, cwd=source, **variables)
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(repository, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    archive = pack(repository, tmp_path_factory.mktemp("sdist"), "sdist")
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    (folder,) = target.iterdir()
    return folder


@pytest.fixture(scope="module")
def packed(wheel: Path) -> dict[str, bytes]:
    """What the wheel holds."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(
    repository: Path, packed: dict[str, bytes]
) -> None:
    package = {f"generator/{name}": content for name, content in files_below(repository / "generator").items()}
    templates = {
        f"generator/_site_templates/{name}": content
        for name, content in files_below(repository / "site_templates").items()
    }
    about = {name: content for name, content in packed.items() if ".dist-info/" in name}
    assert packed == package | templates | about
    fonts = "generator/_site_templates/assets/fonts/"
    assert sum(name.startswith(fonts) and name.endswith(".woff2") for name in packed) > 2
    assert {"generator/py.typed", "generator/bibliography/characters.toml"} <= packed.keys()
    assert {name.partition("/")[2] for name in about} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/generator/bibliography/styles/LICENSE",
        "licenses/site_templates/assets/contribute/vendor/LICENSES.txt",
        "licenses/site_templates/assets/fonts/LICENSES.txt",
    }
    licences = {name.partition("/licenses/")[2]: content for name, content in about.items() if "/licenses/" in name}
    assert licences == {name: (repository / name).read_bytes() for name in licences}


def test_the_wheel_can_be_made_from_the_sdist(sdist: Path, packed: dict[str, bytes], tmp_path: Path) -> None:
    assert {path.name for path in sdist.iterdir()} == {
        ".gitignore",  # hatchling adds it: what it names is left out of the wheel too
        "LICENSE",
        "PKG-INFO",
        "README.md",
        "generator",
        "pyproject.toml",
        "site_templates",
    }
    with zipfile.ZipFile(pack(sdist, tmp_path, "wheel")) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == packed


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_same_source_makes_the_same_bytes(repository: Path, tmp_path: Path, kind: str) -> None:
    """Wherever it lies, whenever its files were made, whoever may read them."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in reversed(run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=repository).split()):
        target = elsewhere / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((repository / name).read_bytes())
        target.chmod(0o600)
    made = []
    for name, source, zone in (("first", repository, "Pacific/Kiritimati"), ("second", elsewhere, "Pacific/Pago_Pago")):
        target = tmp_path / name
        target.mkdir()
        made.append(pack(source, target, kind, TZ=zone, PYTHONHASHSEED="random"))
    first, second = made
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_metadata_is_what_an_index_accepts(repository: Path, packed: dict[str, bytes]) -> None:
    (text,) = (content for name, content in packed.items() if name.endswith("/METADATA"))
    metadata = Metadata.from_email(text, validate=True)
    assert metadata.name == "living-survey"
    assert str(metadata.requires_python) == ">=3.11"
    assert metadata.license_expression == "MIT AND ISC AND BSD-3-Clause AND CC-BY-SA-3.0 AND OFL-1.1"
    assert metadata.summary
    assert not any(requirement.url for requirement in metadata.requires_dist or [])
    settings = read_yaml(repository / "content" / "survey.yaml")
    urls = metadata.project_urls or {}
    assert urls["Homepage"] == settings["site_url"]
    assert urls["Source"] == settings["repository"]
    assert all(url.startswith((settings["site_url"], settings["repository"])) for url in urls.values())


def test_the_long_description_is_the_readme(repository: Path, packed: dict[str, bytes]) -> None:
    (text,) = (content for name, content in packed.items() if name.endswith("/METADATA"))
    message = email.message_from_bytes(text)
    assert message["Description-Content-Type"] == "text/markdown"
    description = Metadata.from_email(text).description or ""
    assert description.strip() == (repository / "README.md").read_text("utf-8").strip()
    assert "<h1>Living Survey</h1>" in MarkdownIt("commonmark").enable("table").render(description)


@dataclass(frozen=True)
class Installed:
    """A virtual environment, and where our package is that it holds."""

    folder: Path
    package: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def survey(self) -> Path:
        return self.folder / "bin" / "survey"

    def site_packages(self) -> Path:
        (found,) = self.folder.glob("lib/python*/site-packages")
        return found

    def pip(self, *arguments: str | Path, cwd: Path) -> str:
        return run(self.python, "-m", "pip", "--disable-pip-version-check", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def locked(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment with what requirements.lock pins, installed as `make site` does."""
    folder = tmp_path_factory.mktemp("locked")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    environment = Installed(folder, folder)
    lock = repository / "requirements.lock"
    environment.pip(
        "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--requirement", lock, cwd=folder
    )
    return environment


def with_ours(locked: Installed, folder: Path, package: Path, *what: str | Path) -> Installed:
    """Make an environment that sees the locked packages, and install our own into it from nowhere but here."""
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    environment = Installed(folder, package)
    (environment.site_packages() / "locked.pth").write_text(f"{locked.site_packages()}\n", "utf-8")
    environment.pip("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", *what, cwd=folder.parent)
    return environment


@pytest.fixture(scope="module", params=["wheel", "editable"])
def installed(
    request: pytest.FixtureRequest,
    repository: Path,
    wheel: Path,
    locked: Installed,
    tmp_path_factory: pytest.TempPathFactory,
) -> Installed:
    """The package, installed from the wheel or from a fresh clone in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("an environment")
    if request.param == "wheel":
        return with_ours(locked, folder / "venv", folder / "venv", wheel)
    clone = folder / "a clone"
    for name in ("generator", "site_templates"):
        shutil.copytree(repository / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, clone)
    return with_ours(locked, folder / "venv", clone, "--editable", clone)


def test_what_it_needs_is_there(installed: Installed, tmp_path: Path) -> None:
    where = run(installed.python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.package)
    assert "No broken requirements found." in installed.pip("check", cwd=tmp_path)


def test_the_command_and_the_module_are_one(installed: Installed, tmp_path: Path) -> None:
    by_name = run(installed.survey, "--version", cwd=tmp_path)
    assert re.fullmatch(r"survey, version \d+\.\d+\.\d+\n", by_name)
    assert run(installed.python, "-m", "generator", "--version", cwd=tmp_path) == by_name
    assert run(installed.python, "-m", "generator", "--help", cwd=tmp_path) == run(
        installed.survey, "--help", cwd=tmp_path
    )


def examples(document: Path) -> Iterator[tuple[str, str]]:
    """The files of a survey that a document shows, by the name that their first line gives."""
    for block in re.findall(r"(?ms)^```(?:jinja|css|yaml)\n(.*?)^```", document.read_text("utf-8")):
        if name := re.match(r"(?:# |\{# |/\* )((?:site_templates/|mkdocs\.yml)\S*)", block):
            yield name[1], block


def own_survey(repository: Path, root: Path) -> None:
    """Write a survey of another field, with the overrides that the README shows."""
    shutil.copytree(repository / "tests" / "fixtures" / "elsewhere", root)
    shown = dict(examples(repository / "README.md"))
    assert shown.keys() == {"site_templates/pages/paper.md.j2", "site_templates/assets/own.css", "mkdocs.yml"}
    for name, text in shown.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)


def test_it_builds_a_survey_elsewhere_whose_look_is_its_own(
    installed: Installed, repository: Path, tmp_path: Path
) -> None:
    built = []
    for name in ("first", "a second folder"):
        root = tmp_path / name
        own_survey(repository, root)
        run(installed.survey, "check", "--strict", cwd=root)
        run(installed.survey, "build", "--strict", cwd=root)
        built.append(files_below(root / "site"))
    first, second = built
    assert first == second

    page = first["papers/hamming1950error/index.html"].decode()
    assert 'class="own-invitation"><a href="../../contribute/">Have you tried this?' in page  # the template is theirs …
    assert "Codes that find a wrong digit" in page  # … and the rest of the page ours
    assert '<link rel="stylesheet" href="../../assets/survey/own.css">' in page
    assert page.index("assets/survey/survey.css") < page.index("assets/survey/own.css")
    assert b".own-invitation {" in first["assets/survey/own.css"]
    assert first["assets/survey/survey.css"] == (repository / "site_templates/assets/survey.css").read_bytes()
    assert b"author = {Hamming, Richard W.}" in first["papers/hamming1950error.bib"]

    places = [str(place).encode() for place in (repository, tmp_path, installed.folder)]
    assert [name for name, content in first.items() if any(place in content for place in places)] == []


def test_a_new_survey_is_one_command_and_its_site_another(wheel: Path, locked: Installed, tmp_path: Path) -> None:
    """`survey init`, then `make site` with the wheel; its dependencies are those of the locked environment."""
    root, title = tmp_path / "a new survey", 'Codes: "noise" #1'
    environment = with_ours(locked, tmp_path / "venv", tmp_path / "venv", wheel)
    run(environment.survey, "init", root, "--title", title, cwd=tmp_path)

    offline = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PYTHON": sys.executable}
    run("make", "install", cwd=root, LIVING_SURVEY_SOURCE=str(wheel), **offline)
    made = Installed(root / ".venv", root / ".venv")
    (made.site_packages() / "locked.pth").write_text(f"{locked.site_packages()}\n", "utf-8")
    run("make", "site", cwd=root, **offline)

    where = run(made.python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(made.package)
    assert title in html.unescape((root / "site/index.html").read_text("utf-8"))
    assert "Delete Its File" in (root / "site/papers/doe2020example/index.html").read_text("utf-8")
    assert run(made.survey, "check", "--strict", cwd=root) == ""
