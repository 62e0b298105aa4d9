// One more subject of an investigation
// Purpose: Say whom it is about.
// Parameters: $id STRING, $entity STRING, $at ZONED DATETIME
// Returns: entity STRING
// Access: write
// Bounds: one relationship
CYPHER 25
MATCH (i:Investigation {id: $id}), (e:Entity {id: $entity})
MERGE (i)-[a:ABOUT]->(e)
ON CREATE SET a.since = $at
RETURN e.id AS entity
