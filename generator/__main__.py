"""`python -m generator` is `survey`."""

from generator.cli import run

run()
