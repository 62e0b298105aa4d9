// The end of a screening, or of the work on it for now
// Purpose: Say that it is done, that it failed and why, or that it was interrupted.
// Parameters: $id STRING, $holder STRING, $status STRING, $problem STRING
// Returns: id STRING
// Access: write
// Bounds: one screening
CYPHER 25
MATCH (s:Screening {id: $id, holder: $holder, status: 'running'})
SET s.status = $status, s.problem = $problem, s.ended_at = datetime()
RETURN s.id AS id
