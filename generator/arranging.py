"""A graph laid out in the plane: what is joined stands close, and nothing stands on anything else.

Nodes are united in pairs, pairs in pairs again, until few are left, which are laid out by forces; then each pair comes apart where it stands
and the forces work on, near by only (the multilevel method of Walshaw, 2003). So the work grows with the number of nodes, and the
whole is in order before the details are. There is no chance in it, and but for the first positions, which are rounded, only
arithmetic that gives the same bits on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, pi, sin, sqrt

Point = tuple[float, float]
Graph = list[dict[int, float]]
"""Of each node those that it is joined to, and how strongly."""

_COARSE = 40
"""So few nodes are laid out at once, each pushing every other."""
_FIRST = 150
_FURTHER = 12
_MANY, _FOR_MANY = 1_500, 6
"""How many times the forces work on the fewest nodes, on each level after, and on one of many nodes."""
_APART = 40
"""How many times, at most, nodes that stand on each other are pushed apart."""
_NEAR = 1.5
"""How far nodes push each other on the further levels."""
_INWARDS = 0.02
_SPREAD = 0.6
"""How far nodes stand from the middle, in the root of their number; evenly spread over a disc they would have 0.4."""
_GOLDEN = pi * (3 - sqrt(5))


def arranged(joined: Sequence[Sequence[tuple[int, float]]], apart: float) -> list[Point]:
    """Lay out a graph.

    Args:
        joined: Of each node some others, with how strongly they are joined.
        apart: How far any two nodes are to be from each other, where joined ones keep a distance of about 1.
    """
    graph: Graph = [{} for _ in joined]
    for one, others in enumerate(joined):
        for other, strength in others:
            graph[one][other] = graph[other][one] = max(strength, graph[one].get(other, 0.0))
    graphs, levels = [graph], []
    while len(graphs[-1]) > _COARSE:
        united = _united(graphs[-1])
        coarser = _coarser(graphs[-1], united)
        if len(coarser) == len(united):  # nothing is joined to anything
            break
        levels.append(united)
        graphs.append(coarser)
    points = [_spiral(number) for number in range(len(graphs[-1]))]
    points = _settled(graphs[-1], points, _FIRST, reach=2.0 * len(points) if len(points) <= _COARSE else _NEAR)
    for finer, united in zip(reversed(graphs[:-1]), reversed(levels), strict=True):
        rounds = _FURTHER if len(finer) <= _MANY else _FOR_MANY
        points = _settled(finer, _divided(points, united), rounds, reach=_NEAR)
    return _spaced(points, apart)


def _spiral(number: int) -> Point:
    distance = sqrt(number + 0.5)
    return round(distance * cos(number * _GOLDEN), 6), round(distance * sin(number * _GOLDEN), 6)


def _united(graph: Graph) -> list[int]:
    """Return for each node the one that it becomes with those it is joined to most: a free one, else one that has been united."""
    becomes: dict[int, int] = {}
    count = 0
    for node in sorted(range(len(graph)), key=lambda node: (len(graph[node]), node)):
        if node in becomes:
            continue
        others = [(other not in becomes, strength, -other) for other, strength in graph[node].items()]
        free, _, nearest = max(others, default=(True, 0.0, -node))
        if free:
            becomes[node] = becomes[-nearest] = count
            count += 1
        else:
            becomes[node] = becomes[-nearest]
    return [becomes[node] for node in range(len(graph))]


def _coarser(graph: Graph, united: Sequence[int]) -> Graph:
    coarser: Graph = [{} for _ in range(max(united) + 1)]
    for node, others in enumerate(graph):
        own = coarser[united[node]]
        for other, strength in others.items():
            if united[other] != united[node]:
                own[united[other]] = own.get(united[other], 0.0) + strength
    return coarser


def _divided(points: Sequence[Point], united: Sequence[int]) -> list[Point]:
    """Let nodes come apart again around where they stood as one, and give all of them the room they need."""
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 + (y - mean_y) ** 2 for x, y in points) / len(points)
    room = _SPREAD * sqrt(len(united) / (spread or 1.0))
    members: dict[int, int] = defaultdict(int)
    divided = []
    for whole in united:
        x, y = points[whole]
        dx, dy = _spiral(members[whole] + whole % 7)
        members[whole] += 1
        divided.append(((x - mean_x) * room + dx / 8, (y - mean_y) * room + dy / 8))
    return divided


def _settled(graph: Graph, points: Sequence[Point], rounds: int, *, reach: float) -> list[Point]:
    """Let joined nodes pull each other, all nodes that are near push each other, and all be drawn inwards a little."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    pulls = [(list(others.items()), sum(others.values())) for others in graph]
    for turn in range(rounds):
        step = 0.5 * (1 - turn / rounds)
        forces_x, forces_y = [-_INWARDS * x for x in xs], [-_INWARDS * y for y in ys]
        for one, other in _close(xs, ys, reach):
            dx, dy = xs[one] - xs[other], ys[one] - ys[other]
            push = 0.5 / (dx * dx + dy * dy + 0.05)
            dx, dy = dx * push, dy * push
            forces_x[one] += dx
            forces_y[one] += dy
            forces_x[other] -= dx
            forces_y[other] -= dy
        for node, (others, strength) in enumerate(pulls):
            if not others:
                continue
            x = y = 0.0
            for other, pull in others:
                x += pull * xs[other]
                y += pull * ys[other]
            forces_x[node] += x / strength - xs[node]
            forces_y[node] += y / strength - ys[node]
        for node, (dx, dy) in enumerate(zip(forces_x, forces_y, strict=True)):
            far = sqrt(dx * dx + dy * dy)
            share = step if far <= 1 else step / far
            xs[node] += dx * share
            ys[node] += dy * share
    return list(zip(xs, ys, strict=True))


def _spaced(points: Sequence[Point], apart: float) -> list[Point]:
    """Push apart what is nearer than `apart`, a little further than need be, until nothing is or the rounds are over."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(_APART):
        moved = False
        for one, other in _close(xs, ys, apart):
            dx, dy = xs[one] - xs[other], ys[one] - ys[other]
            far = sqrt(dx * dx + dy * dy)
            if far >= apart:
                continue
            moved = True
            if far < apart / 1000:
                (dx, dy), far = _spiral(one), sqrt(one + 0.5)
            push = (1.02 * apart - far) / far / 2
            xs[one] += dx * push
            ys[one] += dy * push
            xs[other] -= dx * push
            ys[other] -= dy * push
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _close(xs: Sequence[float], ys: Sequence[float], reach: float) -> Iterator[tuple[int, int]]:
    """Yield each pair of nodes that may be as near as `reach` once, in an order that depends on nothing but where they stand."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells[int(x // reach), int(y // reach)].append(node)
    for (x, y), here in cells.items():
        beside = [
            other for cell in ((x + 1, y - 1), (x + 1, y), (x + 1, y + 1), (x, y + 1)) for other in cells.get(cell, ())
        ]
        for place, one in enumerate(here, 1):
            for other in here[place:]:
                yield one, other
            for other in beside:
                yield one, other
