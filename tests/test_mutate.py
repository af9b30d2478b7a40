"""What `make mutate` says of its sample; mutmut itself is not run here, since that takes long."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mutate import Share, chosen, report, whole


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    mutants = [f"generator.source.x_read__mutmut_{number}" for number in range(50)]
    assert chosen(mutants, 10, 1) == chosen(mutants[::-1], 10, 1)
    assert chosen(mutants, 10, 1) != chosen(mutants, 10, 2)
    assert chosen(mutants, 80, 1) == sorted(mutants)


def test_bounds_are_wilsons_and_close_in_on_the_share_as_all_are_tried() -> None:
    low, high = Share(10**9, 100, 85).bounds()
    assert (low, high) == pytest.approx((0.7672, 0.9069), abs=0.0001)
    assert Share(100, 100, 85).bounds() == pytest.approx((0.85, 0.85))
    assert Share(10**9, 100, 100).bounds()[0] == pytest.approx(0.963, abs=0.001)


def test_parts_weigh_as_many_mutants_as_they_have() -> None:
    value, low, high = whole([Share(900, 100, 90), Share(100, 100, 50)])
    assert value == pytest.approx(0.86)
    assert low < 0.86 < high < 0.92
    assert whole([Share(10, 10, 10)]) == pytest.approx((1, 1, 1))


def test_what_no_test_noticed_is_named_and_what_was_not_tried_does_not_count() -> None:
    told = report(
        {
            "generator.source.x_read__mutmut_1": 1,
            "generator.source.x_read__mutmut_2": 0,
            "generator.source.x_read__mutmut_3": None,
            "generator.checks.prose.x_look__mutmut_1": 33,
            "generator.checks.prose.x_look__mutmut_2": -24,
        }
    )
    rows = [[cell.strip() for cell in line.split("|")[1:5]] for line in told.splitlines() if line.startswith("|")]
    assert rows[2:] == [["source", "3", "2", "1"], ["checks", "2", "2", "1"], ["all", "5", "4", "2"]]
    assert told.splitlines()[-2:] == [
        "survived: generator.source.x_read__mutmut_2",
        "no test reaches it: generator.checks.prose.x_look__mutmut_1",
    ]


def test_the_tests_and_modules_that_the_configuration_names_are_there(repository: Path) -> None:
    settings = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    for pattern in [*settings["only_mutate"], *settings["also_copy"], *settings["pytest_add_cli_args_test_selection"]]:
        assert list(repository.glob(pattern)), pattern
