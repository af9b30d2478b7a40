"""Jinja2, set up so that what a template writes is text unless it is known to be HTML."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from generator.markup import element, front_matter, front_matter_pairs, inert
from generator.pages.templates import Templates
from generator.pages.views import OUTSIDE, Anchor, Page


class _InertGenerator(CodeGenerator):
    """Compiles templates that leave escaping to `finalize`, which does it, and do not escape once more."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write("(value if (value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write(").__class__ is Markup else environment.finalize(value))")


class _Environment(Environment):
    code_generator_class = _InertGenerator


def make_environment(templates: Templates) -> Environment:
    """Return the environment that renders the pages.

    Args:
        templates: The template files; one may extend another, see `Templates.pages`.
    """
    environment = _Environment(
        loader=DictLoader(templates.pages),
        auto_reload=False,
        autoescape=True,
        finalize=inert,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"href": href, "link": link, "status": status}
    return environment


@lru_cache(maxsize=2**15)
def href(target: str, root: str) -> Markup:
    """Return an address as an attribute holds it.

    Args:
        target: A whole address, or a URL below the site's root.
        root: The way from the page to the site's root.
    """
    whole = target if target.startswith((*OUTSIDE, "#")) else f"{root}{target}"
    # Most addresses need no escaping, and are easier to read without.
    return Markup(whole) if _HARMLESS.fullmatch(whole) else inert(whole)  # noqa: S704


def link(anchor: Anchor, root: str, css: str = "") -> Markup:
    """Return a text, with the link that it may be, and what has befallen the paper that it names.

    Args:
        anchor: The text.
        root: The way from the page to the site's root.
        css: The link's class.
    """
    shown = _linked(anchor.text, anchor.href, root, css) if anchor.href else inert(anchor.text)
    return shown + " " + status(anchor.status) if anchor.status else shown


@lru_cache(maxsize=2**15, typed=True)  # the same authors, groups and papers again and again; text is not HTML
def _linked(text: str | Markup, target: str, root: str, css: str) -> Markup:
    rel = "noopener" if target.startswith(OUTSIDE) else None
    return element("a", text, [("class", css or None), ("href", href(target, root)), ("rel", rel)])


def status(text: str) -> Markup:
    """Return what has befallen a paper, to stand beside its title."""
    return element("strong", text, [("class", "survey-status")])


_HARMLESS = re.compile(r"[A-Za-z0-9:./#_-]*")
_LONGEST_DESCRIPTION = 200


def front(page: Page) -> str:
    """Return a page's front matter, its two rules included.

    Values are quoted as JSON, which every version of YAML reads as we mean it.
    """
    lines = {
        "title": front_matter(page.title) if page.title else "",
        "description": front_matter(shortened(page.description)) if page.description else "",
        "source": json.dumps(quote(page.source)) if page.source else "",
        "hide": json.dumps(page.hide) if page.hide else "",
        "citation": front_matter_pairs(page.head.citation) if page.head.citation else "",
        "preview": front_matter_pairs(page.head.preview) if page.head.preview else "",
        "feeds": front_matter_pairs((str(feed.text), feed.href or "") for feed in page.head.feeds)
        if page.head.feeds
        else "",
        "linked_data": json.dumps(page.head.linked_data, ensure_ascii=False) if page.head.linked_data else "",
    }
    written = "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
    return f"---\n{written}---\n"


def shortened(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return f"{text[:_LONGEST_DESCRIPTION].rpartition(' ')[0]} …"
