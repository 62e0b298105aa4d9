// Write nodes of a backup
// Purpose: Nodes with their labels and properties, and their number for the relationships to come.
// Parameters: $rows LIST OF MAP
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
CREATE (n:Restored)
SET n = row.properties, n.backup_id = row.id, n:$(row.labels)
