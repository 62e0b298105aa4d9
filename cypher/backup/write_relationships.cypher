// Write relationships of a backup
// Purpose: Relationships with their types and properties between the nodes that were written before.
// Parameters: $rows LIST OF MAP
// Returns: number INTEGER
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (a:Restored {backup_id: row.start})
MATCH (b:Restored {backup_id: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS number
