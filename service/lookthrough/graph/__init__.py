"""Neo4j: driver, queries, schema, reading and writing facts, the embedded server."""
