// Stakes by a plain loop
// Purpose: What loading is measured against: relationships with the cells of their rows, and nothing else.
// Parameters: $rows LIST OF MAP
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MATCH (owner:Entity {id: row.owner})
MATCH (owned:Entity {id: row.owned})
CREATE (owner)-[r:OWNS]->(owned)
SET r = row
