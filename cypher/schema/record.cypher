// Record an applied migration
// Purpose: Remember what was applied, and that it has not changed since.
// Parameters: $version INTEGER, $name STRING, $checksum STRING
// Access: write
// Bounds: one node
CYPHER 25
MERGE (m:Migration {version: $version})
ON CREATE SET m.name = $name, m.checksum = $checksum, m.applied_at = datetime()
