// Entities in order of id
// Purpose: List everything, page by page.
// Parameters: $after STRING, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $limit entities
CYPHER 25
MATCH (e:Entity)
WHERE e.id > $after
RETURN e.id AS id
ORDER BY id
LIMIT $limit
