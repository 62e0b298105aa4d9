"""Drawings: boxes and arrows laid out in layers, and the SVG of them."""
