"""What a load has met is what a set or a dictionary would hold."""

from hypothesis import given
from hypothesis import strategies as st

from lookthrough.graph.remembered import Remembered

KEYS = st.lists(st.binary(max_size=4))


@given(st.lists(KEYS), st.binary(max_size=4))
def test_keys_are_remembered_like_those_of_a_set(batches: list[list[bytes]], other: bytes) -> None:
    remembered, expected = Remembered(), set[bytes]()
    for batch in batches:
        assert remembered.add(batch) == len(set(batch) - expected)
        expected.update(batch)
    assert set(remembered) == expected
    assert (other in remembered) == (other in expected)


@given(st.lists(st.tuples(st.binary(max_size=2), st.binary(max_size=2))))
def test_what_was_told_first_stays(told: list[tuple[bytes, bytes]]) -> None:
    remembered, expected = Remembered(), dict[bytes, bytes]()
    for key, value in told:
        assert remembered.first(key, value) == expected.setdefault(key, value)
