// A new import
// Purpose: Keep what was sent and how it is to be read, before any of it is loaded.
// Parameters: $id STRING, $properties MAP
// Returns: id STRING
// Access: write
// Bounds: one node
CYPHER 25
MERGE (i:Import {id: $id})
ON CREATE SET i += $properties, i.status = 'waiting', i.rows = 0, i.percent = 0, i.begun_at = datetime(), i.alive_at = datetime()
RETURN i.id AS id
