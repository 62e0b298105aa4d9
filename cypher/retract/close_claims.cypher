// Close claims about entities
// Purpose: The source no longer makes them; they stay known at earlier instants.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (e:Entity {id: row.entity})-[r:LOCATED|LISTED|ACTS_IN|SAME_AS]->()
USING INDEX SEEK e:Entity(id)
WHERE r.known_to IS NULL AND r.claim IN row.claims
SET r.known_to = $instant
