// Is there such an entity
// Purpose: Tell an empty list from an unknown id.
// Parameters: $entity STRING
// Returns: id STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (e:Entity {id: $entity})
RETURN e.id AS id
