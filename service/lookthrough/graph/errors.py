"""What can go wrong between us and Neo4j.

GraphError
├── GraphUnavailable     Neo4j can't be reached, or refuses the user
├── QueryCutOff          a query ran into its time or memory limit
├── FactsMoved           the facts changed while all of them were read
├── SchemaMismatch       the schema in the database is not the one that ships
├── ReadOnly             Neo4j answers but does not let us write
└── LoadRefused          another load is running
"""


class GraphError(Exception):
    """Base of everything raised here; the message is one sentence."""


class GraphUnavailable(GraphError):
    """Neo4j cannot be reached, or refuses the user."""


class QueryCutOff(GraphError):
    """A query ran into its time or memory limit."""


class SchemaMismatch(GraphError):
    """The schema in the database differs from the one that ships."""


class ReadOnly(GraphError):
    """Neo4j answers, but does not let us write."""


class LoadRefused(GraphError):
    """Another load is running, or has taken over."""


class FactsMoved(GraphError):
    """The facts changed while all of them were read: what was read is no one state."""
