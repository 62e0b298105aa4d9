// Sources that facts name
// Purpose: A source that no row describes is a node all the same.
// Parameters: $keys LIST OF STRING
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $keys AS key
MERGE (:Source {key: key})
