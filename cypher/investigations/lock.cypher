// Hold an investigation while it is changed
// Purpose: Changes come one after the other; the lock is taken before anything is read.
// Parameters: $id STRING
// Returns: id STRING
// Access: write
// Bounds: one investigation
CYPHER 25
MATCH (i:Investigation {id: $id})
SET i.touched = datetime()
RETURN i.id AS id
