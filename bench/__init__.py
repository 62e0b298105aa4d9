"""Figures, as ratios against something run in the same minutes: `make bench`."""
