// Entities by a plain loop
// Purpose: What loading is measured against: nodes with the cells of their rows, and nothing else.
// Parameters: $rows LIST OF MAP
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e += row
