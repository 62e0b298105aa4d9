// Is a verdict stored
// Purpose: What was stored before is not written again.
// Parameters: $verdict_id STRING
// Returns: verdict_id STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (v:Verdict {verdict_id: $verdict_id})
RETURN v.verdict_id AS verdict_id
