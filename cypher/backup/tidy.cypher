// Take the numbers of the backup off again
// Purpose: Nodes are as they were.
// Parameters: $limit INTEGER
// Returns: number INTEGER
// Access: write
// Bounds: $limit nodes
CYPHER 25
MATCH (n:Restored)
WITH n LIMIT $limit
REMOVE n:Restored, n.backup_id
RETURN count(n) AS number
