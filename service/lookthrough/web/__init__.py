"""The pages: templates, styles and modules, as they go out."""

from importlib.resources import as_file, files
from pathlib import Path

with as_file(files(__name__)) as _here:
    HERE: Path = _here
STATIC = HERE / "static"
TEMPLATES = HERE / "templates"
