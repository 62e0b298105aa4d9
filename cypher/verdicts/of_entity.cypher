// Stored verdicts about an entity
// Purpose: What was said of it, the newest first.
// Parameters: $entity STRING, $after MAP, $limit INTEGER
// Returns: verdict MAP, policy MAP
// Access: read
// Bounds: $limit verdicts, after the one that $after describes
CYPHER 25
MATCH (e:Entity {id: $entity})<-[:ABOUT]-(v:Verdict)
WHERE $after.verdict_id IS NULL OR v.given_at < datetime($after.given_at)
  OR (v.given_at = datetime($after.given_at) AND v.verdict_id > $after.verdict_id)
WITH v ORDER BY v.given_at DESC, v.verdict_id LIMIT $limit
MATCH (v)-[:UNDER]->(p:Policy)
RETURN v {.verdict_id, .variant, .as_of, .known_at, .engine, .outcome, .reason, .given_at} AS verdict,
  p {.id, .version, .digest} AS policy
ORDER BY v.given_at DESC, v.verdict_id
