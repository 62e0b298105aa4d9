// What is known of list memberships before a batch
// Purpose: Tell duplicates from new knowledge.
// Parameters: $ids LIST OF STRING
// Returns: entity STRING, claim MAP
// Access: read
// Bounds: the claims about the entities of the batch; the index is named since statistics of a young graph mislead
CYPHER 25
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:LISTED]->(target)
USING INDEX SEEK e:Entity(id)
WHERE r.known_to IS NULL
RETURN DISTINCT id AS entity, r {.*, target: target.key} AS claim
