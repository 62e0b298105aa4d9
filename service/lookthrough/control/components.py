"""Strongly connected components: companies that hold each other, directly or in a ring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def components(start: str, successors: Callable[[str], Iterable[str]]) -> list[tuple[str, ...]]:
    """Components reachable from `start`, each after all that it points to (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found: list[tuple[str, ...]] = []
    work: list[tuple[str, Iterator[str]]] = []

    def enter(node: str) -> None:
        order[node] = lowest[node] = len(order)
        stack.append(node)
        waiting.add(node)
        work.append((node, iter(successors(node))))

    def leave(node: str) -> None:
        if work:
            below = work[-1][0]
            lowest[below] = min(lowest[below], lowest[node])
        if lowest[node] == order[node]:
            found.append(take_from(node))

    def take_from(node: str) -> tuple[str, ...]:
        members = [stack.pop()]
        while members[-1] != node:
            members.append(stack.pop())
        waiting.difference_update(members)
        return tuple(sorted(members))

    enter(start)
    while work:
        node, ahead = work[-1]
        for target in ahead:
            if target not in order:
                enter(target)
                break
            if target in waiting:
                lowest[node] = min(lowest[node], order[target])
        else:
            work.pop()
            leave(node)
    return found
