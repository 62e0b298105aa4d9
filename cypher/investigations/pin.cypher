// Pin a stored verdict to an investigation
// Purpose: Keep what the work rests on; the verdict itself never changes, and a pin is never taken out.
// Parameters: $id STRING, $verdict_id STRING, $at ZONED DATETIME
// Returns: verdict_id STRING
// Access: write
// Bounds: one relationship
CYPHER 25
MATCH (i:Investigation {id: $id}), (v:Verdict {verdict_id: $verdict_id})
MERGE (i)-[r:PINS]->(v)
ON CREATE SET r.pinned_at = $at
RETURN v.verdict_id AS verdict_id
