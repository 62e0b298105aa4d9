// Migrations that were applied
// Purpose: Compare the schema in the database with the one that ships.
// Returns: version INTEGER, name STRING, checksum STRING
// Access: read
// Bounds: one row a migration
CYPHER 25
MATCH (m:Migration)
RETURN m.version AS version, m.name AS name, m.checksum AS checksum
ORDER BY version
