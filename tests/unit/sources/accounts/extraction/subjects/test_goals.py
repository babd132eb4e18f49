"""Goal trees in the layouts that municipalities print, with made-up names and figures."""

from typing import Any

from tests.unit.sources.accounts.extraction.chapters import extracted


def _read(tree: str, title: str = "Doelenboom") -> list[tuple[Any, ...]]:
    nodes = extracted(f"3.4 Schoon en veilig\n\n{title}\n{tree}\n").tables["goal_tree"]
    columns = ("node_name", "parent_node_code", "expenses_actual_keur", "revenue_actual_keur")
    return [tuple(n[c] for c in columns) for n in nodes if n["node_type"] == "product"]


def test_a_total_is_no_product() -> None:
    tree = "Schone stad --> Riolering --> Lasten 1.200\n--> Baten 100\nToezicht --> Lasten 300\n"
    assert _read(tree + "Totaal lasten 1.500\n--> Baten 100") == [
        ("Riolering", "A", 1200, 100),
        ("Toezicht", "A", 300, None),
    ]


def test_costs_and_revenue_may_each_have_a_column() -> None:
    tree = (
        "Doelstelling\tThema\tProduct\tLasten\tBaten\nSchone stad\t1. Water\tRiolering\t1.200\t100"
    )
    rows = "\n\t2. Straat\tToezicht\t300\t0\n\t\tTotaal\t1.500\t100"
    assert _read(tree + rows) == [("Riolering", "1", 1200, 100), ("Toezicht", "2", 300, 0)]


def test_the_unit_may_stand_above_the_tree() -> None:
    tree = "Schone stad --> Riolering --> Lasten € 1.200.000\nToezicht --> Lasten € 300.000"
    assert _read(tree, "Doelenboom (bedragen in euro)") == [
        ("Riolering", "A", 1200, None),
        ("Toezicht", "A", 300, None),
    ]
