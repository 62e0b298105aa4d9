// Was this loaded
// Purpose: The demo set is loaded once, also if somebody has worked on with it.
// Parameters: $id STRING
// Returns: id STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (run:Load {id: $id})
WHERE run.finished IS NOT NULL
RETURN run.id AS id
