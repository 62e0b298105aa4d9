// Stop a screening
// Purpose: Whoever works on it finds at the next row it writes that there is nothing more to do.
// Parameters: $id STRING
// Returns: id STRING
// Access: write
// Bounds: one screening
CYPHER 25
MATCH (s:Screening {id: $id})
WHERE s.status IN ['running', 'interrupted']
SET s.status = 'cancelled', s.ended_at = datetime()
RETURN s.id AS id
