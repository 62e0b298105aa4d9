"""Where one chart gets opposite answers: thirteen charts, and what each rule says of them.

The numbers are those of section 10 of the collection of rules (`rules.md`) that the packs are made from, with
its name of the case. The thirteenth has its figures there, and a chart of ours that meets them.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from .charts import Chart, answer, lower
from .samples import LIBRARY

YES, NO = "RESTRICTED", "NOT_RESTRICTED"
Answers = dict[str, tuple[str, str]]
"""Pack, `pack@version` or `pack/variant` → outcome and lower bound."""

CONFLICTS: dict[str, tuple[Chart, Answers]] = {
    "10.1 ofac-401-1-chain": (
        Chart("X 50 A; A 50 B", "B", "X"),
        {
            "ofac-50-percent": (YES, "1/2"),
            "bis-affiliates-2025": (YES, "1/2"),
            "eu-ownership@2": (YES, "1/2"),
            "integrated-ownership": (NO, "1/4"),
            "anthropic-2025-09": (NO, "1/4"),
            "anthropic-2025-09/cascade": (NO, "0"),
            "anthropic-2025-09/cascade-each": (NO, "0"),
            "eu-ownership@1": (NO, "0"),
            "uk-ofsi-ownership": (NO, "0"),
            "ch-seco-ownership": (NO, "0"),
        },
    ),
    "10.2 ofac-401-5-two-short-legs": (
        Chart("X 25 A; X 25 B; A 50 C; B 50 C", "C", "X"),
        {
            "integrated-ownership/at-least-25": (YES, "1/4"),
            "eu-amlr-52": (YES, "1/4"),
            "ofac-50-percent": (NO, "0"),
            "bis-affiliates-2025": (NO, "0"),
            "doj-dsp-covered-person": (NO, "0"),
            "eu-ownership": (NO, "0"),
            "uk-ofsi-ownership": (NO, "0"),
            "ch-seco-ownership": (NO, "0"),
            "ca-sema-deemed-ownership": (NO, "0"),
            "company-control": (NO, "0"),
        },
    ),
    "10.3 nsw-pta-s78": (
        Chart("X 40 T; X 25 H; H 60 T", "T", "X"),
        {
            "nsw-payroll-controlling-interest": (YES, "11/20"),
            "integrated-ownership": (YES, "11/20"),
            "anthropic-2025-09": (YES, "11/20"),
            "anthropic-2025-09/cascade": (NO, "2/5"),
            "ofac-50-percent": (NO, "2/5"),
            "bis-affiliates-2025": (NO, "2/5"),
            "eu-ownership": (NO, "2/5"),
            "uk-ofsi-ownership": (NO, "2/5"),
            "ch-seco-ownership": (NO, "2/5"),
            "ca-sema-deemed-ownership": (NO, "2/5"),
        },
    ),
    "10.4 pyramid-52-51-51": (
        Chart("YOU 52 A; A 51 B; B 51 C", "C", "YOU"),
        {
            "integrated-ownership": (NO, "33813/250000"),
            "company-control": (YES, "51/100"),
            "company-control/stakes-only": (YES, "51/100"),
            "eu-control": (YES, "51/100"),
            "eu-amlr-53": (YES, "51/100"),
        },
    ),
    "10.5 uk-ofsi-two-halves": (
        Chart("L1 50 C; L2 50 C", "C", "L1 L2"),
        {
            "ofac-50-percent": (YES, "1"),
            "eu-ownership@1": (YES, "1"),
            "eu-ownership@2": (YES, "1"),
            "ch-seco-ownership": (YES, "1"),
            "uk-ofsi-ownership": (NO, "1/2"),
            "uk-ofsi-ownership/pooled": (YES, "1"),
        },
    ),
    "10.6 eu-2023-wording-50-exact": (
        Chart("L 50 C", "C", "L"),
        {
            "ofac-50-percent": (YES, "1/2"),
            "bis-affiliates-2025": (YES, "1/2"),
            "doj-dsp-covered-person": (YES, "1/2"),
            "outbound-person-of-country-of-concern": (YES, "1/2"),
            "cfius-parent": (YES, "1/2"),
            "ca-sema-deemed-ownership": (YES, "1/2"),
            "eu-ownership@2": (YES, "1/2"),
            "eu-ownership@1": (NO, "1/2"),
            "uk-ofsi-ownership": (NO, "1/2"),
            "ch-seco-ownership": (NO, "1/2"),
            "anthropic-2025-09": (NO, "1/2"),
            "anthropic-2026-10": (NO, "1/2"),
            "outbound-controlled-foreign-entity/subsidiaries-only": (NO, "1/2"),
            "company-control": (NO, "1/2"),
        },
    ),
    "10.7 de-gwg-two-halves, either": (
        Chart("G1 50 B; G2 50 B; B 100 A", "A", "G1"),
        {
            "integrated-ownership/at-least-25": (YES, "1/2"),
            "eu-amlr-52": (YES, "1/2"),
            "de-gwg-ubo": (NO, "0"),
        },
    ),
    "10.7 de-gwg-two-halves, both": (
        Chart("G1 50 B; G2 50 B; B 100 A", "A", "G1 G2"),
        {"de-gwg-ubo": (NO, "0"), "uk-psc": (NO, "0"), "jp-jisshitsuteki-shihaisha": (NO, "0")},
    ),
    "10.8 cn-chain-40-30": (
        Chart("A 40 B; B 30 C", "C", "A"),
        {"cn-pboc-ubo-2024": (NO, "3/25"), "cn-sta-42-related-party": (YES, "3/10")},
    ),
    "10.9 eu-amlr-54-coexistence": (
        Chart("P 60 H; H 40 T", "T", "P"),
        {"eu-amlr-52": (NO, "6/25"), "eu-amlr-53": (NO, "2/5"), "eu-amlr-54": (YES, "2/5")},
    ),
    "10.10 cfius-800-244-1-parent-counts-100": (
        Chart("GOV 75 B; B 51 A", "A", "GOV"),
        {"cfius-substantial-interest": (YES, "3/4"), "integrated-ownership": (NO, "153/400")},
    ),
    "10.11 dbe-26-63-v": (
        Chart("SEDO 60 P; P 51 S", "S", "SEDO"),
        {"dbe-ownership": (NO, "153/500"), "company-control": (YES, "51/100")},
    ),
    "10.12 trank-two-company-circle": (
        Chart("P 1 A; B 99 A; A 100 B", "A", "P"),
        {
            "integrated-ownership": (YES, "1"),
            "company-control": (NO, "1/100"),
            "ofac-50-percent": (NO, "1/100"),
            "eu-ownership": (NO, "1/100"),
            "uk-ofsi-ownership": (NO, "1/100"),
        },
    ),
    "10.13 puzzle-four-listed-owners": (
        Chart("X1 25 A; X2 25 A; X4 28.8 B; A 20 T; B 50 T; X3 30 T", "T", "X1 X2 X3 X4"),
        {
            "ofac-50-percent": (YES, "1/2"),
            "eu-ownership@2": (YES, "1/2"),
            "integrated-ownership": (YES, "68/125"),
            "eu-ownership@1": (NO, "3/10"),
            "ch-seco-ownership": (NO, "3/10"),
            "uk-ofsi-ownership": (NO, "3/10"),
        },
    ),
}


@pytest.mark.parametrize(
    ("chart", "rule", "expected"),
    [
        pytest.param(chart, rule, expected, id=f"rules.md {case}: {rule}")
        for case, (chart, answers) in CONFLICTS.items()
        for rule, expected in answers.items()
    ],
)
def test_each_rule_answers_as_its_text_does(chart: Chart, rule: str, expected: tuple[str, str]) -> None:
    pack, _, variant = rule.partition("/")
    told = answer(LIBRARY.pack(pack), chart.facts(), chart.subject, variant or None)
    assert (told.outcome, lower(told)) == (expected[0], Fraction(expected[1]))


def test_all_thirteen_are_here() -> None:
    assert {case.split()[0] for case in CONFLICTS} == {f"10.{number}" for number in range(1, 14)}
