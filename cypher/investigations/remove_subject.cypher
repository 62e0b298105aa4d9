// An entity is no subject of an investigation any more
// Purpose: Say that it is not about this one after all; the events keep that it was.
// Parameters: $id STRING, $entity STRING
// Returns: entity STRING
// Access: write
// Bounds: one relationship
CYPHER 25
MATCH (:Investigation {id: $id})-[a:ABOUT]->(e:Entity {id: $entity})
DELETE a
RETURN e.id AS entity
