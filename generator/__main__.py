"""`python -m generator` is `survey`."""

from generator.cli import main

main(prog_name="survey")
