// A fact that is suspected or was found by hand
// Purpose: Keep it in the investigation, apart from what registers say; no verdict reads it by itself.
// Parameters: $id STRING, $number INTEGER, $properties MAP, $at ZONED DATETIME
// Returns: number INTEGER
// Access: write
// Bounds: one fact
CYPHER 25
MATCH (i:Investigation {id: $id})
CREATE (i)-[:SUSPECTS]->(f:SuspectedFact {number: $number, state: 'on', added_at: $at})
SET f += $properties
RETURN f.number AS number
