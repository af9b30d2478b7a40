"""Decoded files → a survey in which every reference leads somewhere.

A reference that leads nowhere is a finding and is left out, so that what follows need not ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from generator.addresses import Addresses
from generator.attributes import typed
from generator.decode import Content, Document, PageDocument
from generator.diagnostics import Diagnostic, Place
from generator.model import PaperRecord, SurveyFile
from generator.placements import placements
from generator.references import References
from generator.survey import Group, Grouping, Link, Page, Paper, Placement, Redirect, Survey, Value


def resolve(content: Content) -> tuple[Survey, list[Diagnostic]]:
    """Follow every reference and fix every derived order.

    Args:
        content: What `decode` returned.

    Returns:
        The survey, and findings about references and names.
    """
    references = References(content)
    record = _survey_record(content, references)
    names = _grouping_names(content, record, references)
    members = placements(content, references)
    groups = _groups(content, members, references)
    survey = Survey(
        record=record,
        papers=_papers(content, names, members, references),
        venues={key: document.value for key, document in sorted(content.venues.items())},
        groupings={name: _grouping(content, name, references) for name in names},
        groups=groups,
        pages=tuple(_page(path, page) for path, page in sorted(content.pages.items())),
        considered={key: document.value for key, document in content.considered.items()},
        retired=dict(sorted(content.retired.items())),
        redirects=tuple(_redirects(content, references)),
        aliases=references.keys,
    )
    return survey, references.diagnostics


def _survey_record(content: Content, references: References) -> SurveyFile:
    document = content.survey
    if document is None:
        return SurveyFile.model_validate(SurveyFile.stand_in)
    steps = []
    for position, step in enumerate(document.value.reading_path):
        key = references.paper(step.paper, partial(document.at, "reading_path", position, "paper"))
        if key is not None:
            steps.append(step.model_copy(update={"paper": key}))
    return document.value.model_copy(update={"reading_path": tuple(steps)})


def _grouping_names(content: Content, record: SurveyFile, references: References) -> list[str]:
    """Return the groupings that exist: the listed ones in their order, then the others."""
    if content.survey is None:
        return list(content.groupings)
    for position, name in enumerate(record.groupings):
        if name not in content.grouping_names:
            place = content.survey.at("groupings", position)
            hint = f"Write content/groupings/{name}/_index.yaml."
            references.report(place, "unknown-grouping", f"there is no grouping “{name}”", hint)
    unlisted = [name for name in content.groupings if name not in record.groupings]
    for name in unlisted:
        message = f"the grouping “{name}” is not listed in groupings"
        references.report(content.survey.at("groupings"), "unlisted-grouping", message, f"Add {name} to the list.")
    return [name for name in dict.fromkeys(record.groupings) if name in content.groupings] + unlisted


def _papers(
    content: Content, groupings: list[str], members: Mapping[str, tuple[Placement, ...]], references: References
) -> dict[str, Paper]:
    rank = {name: position for position, name in enumerate(groupings)}
    placed: dict[str, list[Placement]] = defaultdict(list)
    for group in sorted(members, key=lambda group: (rank.get(group.partition("/")[0], len(rank)), group)):
        for placement in members[group]:
            placed[placement.paper].append(placement)
    outgoing = {key: tuple(_relations(key, document, references)) for key, document in content.papers.items()}
    incoming: dict[str, list[Link]] = defaultdict(list)
    for link in (link for key in sorted(outgoing) for link in outgoing[key]):
        incoming[link.target].append(link)
    papers = {}
    for key, document in sorted(content.papers.items()):
        _check_tags(content, document, references)
        venue = _venue(content, document, references)
        papers[key] = Paper(
            key=key,
            record=document.value,
            source=document.file,
            venue=content.venues[venue].value if venue else None,
            venue_key=venue,
            placements=tuple(placed[key]),
            outgoing=outgoing[key],
            incoming=tuple(incoming[key]),
            values=tuple(_values(content, document, references)),
        )
    return papers


def _venue(content: Content, document: Document[PaperRecord], references: References) -> str | None:
    name = document.value.venue
    if name is None:
        return None
    references.declared("venue", name, content.venue_names, partial(document.at, "venue"), "content/venues.yaml")
    return name if name in content.venues else None


def _check_tags(content: Content, document: Document[PaperRecord], references: References) -> None:
    for position, tag in enumerate(document.value.tags):
        where = partial(document.at, "tags", position)
        references.declared("tag", tag, content.tag_names, where, "content/survey.yaml")


def _relations(key: str, document: Document[PaperRecord], references: References) -> Iterator[Link]:
    for position, relation in enumerate(document.value.relations):
        where = partial(document.at, "relations", position, "paper")
        target = references.paper(relation.paper, where)
        if target == key:
            hint = "Name another paper."
            references.report(where(), "self-reference", f"“{key}” has a relation to itself", hint)
        elif target is not None:
            yield Link(relation.type, key, target, relation.note)


def _values(content: Content, document: Document[PaperRecord], references: References) -> Iterator[Value]:
    """Yield the record's attributes in the order of their declaration."""
    declarations = content.survey.value.attributes if content.survey else {}
    for name in document.value.attributes:
        where = partial(document.at_key, "attributes", name)
        references.declared("attribute", name, content.attribute_names, where, "content/survey.yaml")
    for name, declaration in declarations.items():
        if name in document.value.attributes:
            value, found = typed(document, name, declaration)
            references.diagnostics += found
            if value is not None:
                yield value


def _groups(content: Content, members: Mapping[str, tuple[Placement, ...]], references: References) -> dict[str, Group]:
    children: dict[str, list[str]] = defaultdict(list)
    for group, document in sorted(content.groups.items(), key=lambda item: (item[1].value.title, item[0])):
        parent = group.rpartition("/")[0]
        if "/" not in parent:
            if parent not in content.grouping_names:
                hint = f"Write content/groupings/{parent}/_index.yaml with a title."
                references.report(Place(document.file), "unknown-grouping", f"there is no grouping “{parent}”", hint)
        elif parent not in content.group_names:
            hint = f"Write content/groupings/{parent}.yaml with a title."
            references.report(Place(document.file), "unknown-group", f"its parent “{parent}” has no file", hint)
        children[parent].append(group)
        for position, name in enumerate(document.value.compare):
            where = partial(document.at, "compare", position)
            references.declared("attribute", name, content.attribute_names, where, "content/survey.yaml")

    def below(group: str) -> list[str]:
        own = [placement.paper for placement in members[group]]
        return own + [key for child in children[group] for key in below(child)]

    return {
        group: Group(
            id=group,
            record=document.value,
            source=document.file,
            parent=parent if "/" in (parent := group.rpartition("/")[0]) else None,
            children=tuple(children[group]),
            members=members[group],
            papers=tuple(dict.fromkeys(below(group))),
        )
        for group, document in sorted(content.groups.items())
    }


def _grouping(content: Content, name: str, references: References) -> Grouping:
    """Put the top groups into the order of the index, the rest by title."""
    document = content.groupings[name]
    for position, short in enumerate(document.value.order):
        references.group(f"{name}/{short}", partial(document.at, "order", position))
    ordered = [group for short in document.value.order if (group := f"{name}/{short}") in content.groups]
    top = [group for group in content.groups if group.rpartition("/")[0] == name]
    rest = sorted(set(top) - set(ordered), key=lambda group: (content.groups[group].value.title, group))
    return Grouping(name, document.value, document.file, tuple(dict.fromkeys([*ordered, *rest])))


def _page(path: str, page: PageDocument) -> Page:
    return Page(path, page.title, page.body, page.file.path)


def _redirects(content: Content, references: References) -> Iterator[Redirect]:
    for former, present in sorted(references.keys.items()):
        if former != present:
            yield Redirect("paper", former, present)
    for former_group, group in Addresses(content, references).claim():
        yield Redirect("group", former_group, group)
