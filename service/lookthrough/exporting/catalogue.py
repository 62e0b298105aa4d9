"""Every format that facts are written in."""

from __future__ import annotations

from collections.abc import Mapping

from .bods import BodsFormat
from .canonical import CanonicalFormat
from .csv_tables import CsvFormat
from .cypher_script import CypherFormat
from .formats import ExportFormat
from .ftm import FtmFormat
from .graphml import GraphmlFormat
from .parquet import ParquetFormat

FORMATS: Mapping[str, ExportFormat] = {
    form.name: form
    for form in (
        CsvFormat(),
        BodsFormat(),
        FtmFormat(),
        ParquetFormat(),
        GraphmlFormat(),
        CypherFormat(),
        CanonicalFormat(),
    )
}
