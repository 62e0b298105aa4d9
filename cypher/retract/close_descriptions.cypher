// Close what sources call entities
// Purpose: The source no longer says it; what it said stays known at earlier instants.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})-[d:DESCRIBED]->(:Source {key: row.source})
USING INDEX SEEK e:Entity(id)
WHERE d.known_to IS NULL
SET d.known_to = $instant
