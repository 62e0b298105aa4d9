// Write entities taken for one
// Purpose: One relationship a claim and value; what a source said before stays, the reader lets the latest speak.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (e:Entity {id: row.entity})
USING INDEX SEEK e:Entity(id)
MERGE (target:Entity {id: row.target})
CREATE (e)-[r:SAME_AS]->(target)
SET r = row.properties, r.known_from = $instant
