// What was worked out about it?
// Purpose: Verdicts and investigations that are kept about one entity, with the policy of each, the newest first.
// Parameters: $entity STRING
// Returns: p PATH
// Access: read
// Bounds: 100 of them
CYPHER 25
MATCH p = (:Entity {id: $entity})<-[:ABOUT]-(w)-[:UNDER]->(:Policy)
RETURN p
ORDER BY coalesce(w.given_at, w.changed_at) DESC
LIMIT 100
