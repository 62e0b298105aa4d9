// What happened in an investigation, in its order
// Purpose: Its timeline, page by page.
// Parameters: $id STRING, $after INTEGER, $limit INTEGER
// Returns: event MAP
// Access: read
// Bounds: $limit events
CYPHER 25
MATCH (:Investigation {id: $id})-[:RECORDED]->(e:InvestigationEvent)
WHERE e.number > $after
RETURN e {.*} AS event
ORDER BY event.number
LIMIT $limit
