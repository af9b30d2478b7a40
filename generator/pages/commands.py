"""The reference of the commands, made of what the command says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.routes import CONTRIBUTE, Route
from generator.pages.views import Fenced, Page

COMMANDS = Route("contribute/commands/")


@dataclass(frozen=True, slots=True)
class Option:
    """An option as it is typed, and what it does."""

    written: str
    about: str


@dataclass(frozen=True, slots=True)
class Command:
    """A verb of the command, as its help describes it.

    Attributes:
        usage: How it is typed.
        about: What it does, in paragraphs.
        examples: Lines to type, with what they are for.
    """

    name: str
    usage: str
    about: tuple[str, ...]
    examples: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    command: Command
    usage: Fenced
    examples: Fenced | None


@dataclass(frozen=True, slots=True)
class CommandsView:
    """What the template of the reference is given."""

    contribute: str
    commands: tuple[_Shown, ...]


def commands_page(commands: Sequence[Command]) -> Page:
    """Make the reference of the commands."""
    shown = (_Shown(one, Fenced.of(one.usage), Fenced.of(one.examples) if one.examples else None) for one in commands)
    return Page(
        COMMANDS,
        "commands.md.j2",
        CommandsView(CONTRIBUTE.url, tuple(shown)),
        title="The commands",
        description="Every command of the program that makes the survey: what it does, its options, and examples.",
        hide=("navigation",),
        searched=False,
    )
