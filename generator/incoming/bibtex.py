"""BibTeX and BibLaTeX → incoming entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, finding
from generator.incoming import people
from generator.incoming.bibtex_syntax import RawEntry, RawField, parse
from generator.incoming.braces import marked, unmarked
from generator.incoming.entry import Fact, Incoming, Role, shown
from generator.incoming.latex import decode, verbatim
from generator.model import PaperType

_TYPES = {
    "article": PaperType.JOURNAL, "conference": PaperType.CONFERENCE, "inproceedings": PaperType.CONFERENCE,
    "book": PaperType.BOOK, "booklet": PaperType.BOOK, "mvbook": PaperType.BOOK, "inbook": PaperType.CHAPTER,
    "incollection": PaperType.CHAPTER, "bookinbook": PaperType.CHAPTER, "suppbook": PaperType.CHAPTER,
    "inreference": PaperType.CHAPTER, "phdthesis": PaperType.THESIS, "mastersthesis": PaperType.THESIS,
    "thesis": PaperType.THESIS, "bathesis": PaperType.THESIS, "techreport": PaperType.REPORT, "report": PaperType.REPORT,
    "manual": PaperType.REPORT, "preprint": PaperType.PREPRINT, "online": PaperType.WEB, "electronic": PaperType.WEB,
    "www": PaperType.WEB, "webpage": PaperType.WEB, "dataset": PaperType.DATASET, "data": PaperType.DATASET,
    "software": PaperType.SOFTWARE, "softwareversion": PaperType.SOFTWARE,
}  # fmt: skip
_UNSURE = {"misc": PaperType.WEB, "unpublished": PaperType.PREPRINT, "": PaperType.WEB}
"""Types that say little; what else the entry holds decides."""

_ROLES: dict[str, Role] = {
    "title": Role.TITLE, "crossref": Role.REPEATED, "xref": Role.REPEATED, "xdata": Role.REPEATED,
    "booktitle": Role.CONTAINER, "journal": Role.CONTAINER, "journaltitle": Role.CONTAINER, "shortjournal": Role.SERIES_TITLE,
    "eventtitle": Role.SERIES_TITLE, "series": Role.SERIES_TITLE, "conference": Role.SERIES_TITLE, "maintitle": Role.SERIES_TITLE,
    "publisher": Role.PUBLISHER, "school": Role.SCHOOL, "volume": Role.VOLUME, "number": Role.NUMBER, "issue": Role.NUMBER,
    "pages": Role.PAGES, "page": Role.PAGES, "eid": Role.PAGES, "edition": Role.EDITION, "version": Role.EDITION,
    "year": Role.YEAR, "date": Role.YEAR, "month": Role.MONTH, "isbn": Role.ISBN,
    "isbn-13": Role.ISBN, "isbn13": Role.ISBN, "isbn10": Role.ISBN, "issn": Role.ISSN, "doi": Role.DOI,
    "arxivid": Role.ARXIV, "arxiv": Role.ARXIV, "primaryclass": Role.ARXIV_CATEGORY, "eprintclass": Role.ARXIV_CATEGORY,
    "url": Role.URL, "link": Role.URL, "ee": Role.URL, "bdsk-url-1": Role.URL, "bdsk-url-2": Role.URL, "pdf": Role.PDF,
    "code": Role.CODE, "github": Role.CODE, "keywords": Role.TAGS, "keyword": Role.TAGS, "tags": Role.TAGS,
    "mendeley-tags": Role.TAGS, "abstract": Role.ABSTRACT, "howpublished": Role.NOTE, "note": Role.NOTE,
    "annote": Role.NOTE, "addendum": Role.NOTE, "acl": Role.ACL, "openreview": Role.OPENREVIEW,
}  # fmt: skip
_THESES = ("thesis", "phdthesis", "mastersthesis", "bathesis")
_ROLES_IN = {
    **{("institution", type_): Role.PUBLISHER for type_ in ("techreport", "report", "manual")},
    **{("institution", type_): Role.SCHOOL for type_ in _THESES},
    **{("organization", type_): Role.PUBLISHER for type_ in ("manual", "online", "misc")},
    # what Google Scholar calls the publisher
    **{("organization", type_): Role.PUBLISHER for type_ in ("inproceedings", "conference")},
    **{("type", type_): Role.DEGREE for type_ in _THESES},
}
"""Fields that say different things in different types of entries."""
_VERBATIM = frozenset(
    (Role.DOI, Role.ARXIV, Role.URL, Role.PDF, Role.CODE, Role.ISBN, Role.ISSN, Role.ACL, Role.OPENREVIEW)
)
_JOINED = {"title": "subtitle", "booktitle": "booksubtitle", "journaltitle": "journalsubtitle"}
_DEGREES = {"phdthesis": "phd", "mastersthesis": "master"}


def read(file: str, text: str) -> tuple[list[Incoming], list[Diagnostic]]:
    """Read a BibTeX or BibLaTeX file.

    Args:
        file: Its name, for findings.
        text: Its text, with line feeds only.

    Returns:
        The entries in the order of the file, and findings about what is no entry.
    """
    syntax = parse(file, text)
    return [_Entry(raw).read() for raw in syntax.entries], syntax.found


class _Entry:
    def __init__(self, raw: RawEntry) -> None:
        self.raw = raw
        self.found = list(raw.found)

    def read(self) -> Incoming:
        raw = self.raw
        author = raw.get("author") or raw.get("authors")
        named = people.from_bibtex(author.tex) if author else people.People(())
        type_ = _TYPES.get(raw.type) or _UNSURE.get(raw.type)
        return Incoming(
            place=raw.place,
            key=raw.key,
            kind=raw.type,
            type=type_,
            sure=raw.type not in _UNSURE,
            people=named.people,
            people_place=author.place if author else None,
            cut=named.cut,
            facts=tuple(self._facts()),
            found=tuple(self.found),
        )

    def _facts(self) -> Iterator[Fact]:
        joined = {part for whole, part in _JOINED.items() if self.raw.get(whole)}
        if self.raw.type in _DEGREES:
            yield Fact(self.raw.type, _DEGREES[self.raw.type], self.raw.place, Role.DEGREE)
        for own in self.raw.fields:
            if own.name in {"author", "authors"} or own.name in joined:
                continue
            for fact in self._fact(own):
                # What a volume says of itself is told once, where the volume stands.
                if fact.role is not None or not own.inherited:
                    yield fact

    def _fact(self, own: RawField) -> Iterator[Fact]:
        role = self._role(own)
        if own.name == "eprint":
            yield from self._eprint(own)
        elif role in _VERBATIM:
            yield Fact(own.name, verbatim(_without_url(own.tex)), own.place, role)
        elif own.name == "title":
            yield from self._title(own)
        elif own.name in _JOINED and (subtitle := self.raw.get(_JOINED[own.name])):
            yield Fact(own.name, _joined(self._text(own), self._text(subtitle)), own.place, role)
        elif role is Role.ABSTRACT or role is None:
            yield Fact(own.name, shown(own.tex), own.place, role)  # only its name is told
        else:
            yield Fact(own.name, self._text(own), own.place, role)

    def _title(self, own: RawField) -> Iterator[Fact]:
        parts = [own, *filter(None, [self.raw.get(_JOINED["title"])])]
        title, kept = unmarked(_joined(*(self._decoded(part, marked(part.tex)) for part in parts)))
        yield Fact(own.name, title, own.place, Role.TITLE)
        for name in kept.names:
            yield Fact(own.name, name, own.place, Role.CAPITALS)
        if kept.habit:
            message = "all capitalised words of the title are in braces, which does not tell its names"
            self.found.append(
                finding(own.place, "field-unused", message, "If the rules miss one, add “capitals” to the record.")
            )

    def _role(self, own: RawField) -> Role | None:
        if own.name in {"archiveprefix", "eprinttype"}:
            return Role.REPEATED if own.tex.strip(" {}").lower() in {"arxiv", "corr"} else None
        return _ROLES_IN.get((own.name, self.raw.type)) or _ROLES.get(own.name)

    def _eprint(self, own: RawField) -> Iterator[Fact]:
        prefix = self.raw.get("archiveprefix") or self.raw.get("eprinttype")
        text = verbatim(own.tex)
        elsewhere = prefix is not None and prefix.tex.strip(" {}").lower() not in {"arxiv", "corr"}
        if re.match(r"https?://", text):
            yield Fact(own.name, text, own.place, Role.URL)
        else:
            yield Fact(own.name, text, own.place, None if elsewhere else Role.ARXIV)

    def _text(self, own: RawField) -> str:
        return self._decoded(own, own.tex)

    def _decoded(self, own: RawField, tex: str) -> str:
        decoded = decode(tex)
        for command in dict.fromkeys(decoded.unknown):
            message = f"what “{shown(command)}” in “{own.name}” stands for is not known"
            self.found.append(finding(own.place, "tex-unknown", message, "Write the characters themselves."))
        if decoded.emphasis:
            left = " ".join(map(shown, dict.fromkeys(decoded.emphasis)))
            message = f"“{own.name}”: a record has no markup; left out is {left}"
            self.found.append(finding(own.place, "field-unused", message, "Keep the source if you need it."))
        return decoded.text


def _joined(title: str, subtitle: str = "") -> str:
    """Return a title with its subtitle."""
    if not title or not subtitle:
        return title or subtitle
    return f"{title}{' ' if title.endswith((':', '?', '!', '–', '—')) else ': '}{subtitle}"


def _without_url(tex: str) -> str:
    found = re.fullmatch(r"\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*", tex, re.DOTALL)
    return found[1] if found else tex
