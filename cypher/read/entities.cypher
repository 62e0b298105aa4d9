// Entities in order of id
// Purpose: List everything that was known at an instant, page by page.
// Parameters: $known_at ZONED DATETIME, $after STRING, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $limit entities
CYPHER 25
MATCH (e:Entity)
WHERE e.id > $after AND EXISTS {
  MATCH (e)-[r:DESCRIBED|LOCATED|LISTED|ACTS_IN|SAME_AS|OWNS|VOTES|APPOINTS|CONTROLS]-()
  WHERE r.known_from <= $known_at
}
RETURN e.id AS id
ORDER BY id
LIMIT $limit
