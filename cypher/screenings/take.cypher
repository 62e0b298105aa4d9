// Go on with a screening that ended before its end
// Purpose: One process works on a screening; one that its process has left for a while, another may take.
// Parameters: $id STRING, $holder STRING, $engine STRING, $seconds INTEGER
// Returns: taken BOOLEAN
// Access: write
// Bounds: one screening
CYPHER 25
MATCH (s:Screening {id: $id})
SET s.touched = datetime()
WITH s, s.engine = $engine AND (s.holder = $holder OR s.status IN ['interrupted', 'failed', 'cancelled']
  OR (s.status = 'running' AND s.alive_at < datetime() - duration({seconds: $seconds}))) AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET s.status = 'running', s.holder = $holder, s.alive_at = datetime(), s.ended_at = null, s.problem = null)
RETURN free AS taken
