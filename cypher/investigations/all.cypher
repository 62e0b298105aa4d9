// Investigations, the last changed first
// Purpose: A list of what is being looked into, or of what is open, waiting or closed.
// Parameters: $status STRING, $before ZONED DATETIME, $before_id STRING, $limit INTEGER
// Returns: investigation MAP, policy MAP, subjects LIST OF MAP
// Access: read
// Bounds: $limit investigations
CYPHER 25
MATCH (i:Investigation)
WHERE ($status IS NULL OR i.status = $status)
  AND ($before IS NULL OR i.changed_at < $before OR (i.changed_at = $before AND i.id < $before_id))
WITH i ORDER BY i.changed_at DESC, i.id DESC LIMIT $limit
MATCH (i)-[:UNDER]->(p:Policy)
RETURN i {.id, .version, .question, .status, .variant, .as_of, .known_at, .opened_at, .changed_at} AS investigation,
  p {.id, .version, .digest} AS policy,
  COLLECT { MATCH (i)-[:ABOUT]->(e:Entity)
    RETURN e {.id, .kind, name: coalesce(e.name, e.id), name_original: coalesce(e.name_original, '')} ORDER BY e.id } AS subjects
ORDER BY investigation.changed_at DESC, investigation.id DESC
