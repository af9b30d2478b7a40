"""What the command says of itself, for the manual: click's help as data."""

from __future__ import annotations

import inspect

import click

from generator.pages.commands import Command, Option

_AS_IT_STANDS = "\b"
"""How click marks a paragraph whose lines are kept."""


def described(program: click.Group, name: str) -> tuple[Command, ...]:
    """Describe every verb of a program in the order of its help.

    Args:
        program: The program.
        name: What one types to run it.
    """
    outer = click.Context(program, info_name=name)
    return tuple(_command(program.commands[verb], verb, outer) for verb in program.list_commands(outer))


def _command(command: click.Command, verb: str, outer: click.Context) -> Command:
    context = click.Context(command, info_name=verb, parent=outer)
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    records = (option.get_help_record(context) for option in command.params if isinstance(option, click.Option))
    return Command(
        name=verb,
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        about=tuple(" ".join(text.split()) for text in paragraphs if not text.startswith(_AS_IT_STANDS)),
        examples="\n".join(_examples(text) for text in paragraphs if text.startswith(_AS_IT_STANDS)),
        options=tuple(Option(written, about) for written, about in filter(None, records)),
    )


def _examples(paragraph: str) -> str:
    """Return the lines of a paragraph without its heading, which is one word and a colon."""
    _, _, lines = paragraph.partition(":\n")
    return inspect.cleandoc(lines)
