// Write versions of stakes
// Purpose: One relationship says what all sources together say of a stake over a run of days.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (owner:Entity {id: row.owner})
USING INDEX SEEK owner:Entity(id)
MATCH (owned:Entity {id: row.owned})
USING INDEX SEEK owned:Entity(id)
CREATE (owner)-[r:$(row.type)]->(owned)
SET r = row.properties, r.known_from = $instant
