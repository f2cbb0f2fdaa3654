"""Reports of random offices, held against a second implementation of every figure: 50 offices by scripts/figures-test, a few here."""
import os
from contextlib import closing

import pytest

from compare import Comparison

SEEDS = [int(seed) for seed in os.environ.get("KIPHAN_FIGURES_SEEDS", "1 2 3").split()]
REPORTS = int(os.environ.get("KIPHAN_FIGURES_REPORTS", "25"))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_worked_out_alike(tmp_path, seed):
    with closing(Comparison(seed, tmp_path)) as comparison:
        comparison.take_in()
        differences = [difference for _ in range(REPORTS) for difference in comparison.ask()]
        print(f"office {seed}: {comparison.reports} reports, {comparison.figures} figures")
    assert not differences, "\n".join(differences[:40])
