// What is known of sources before a batch
// Purpose: Tell duplicates from new knowledge.
// Parameters: $keys LIST OF STRING
// Returns: source MAP
// Access: read
// Bounds: one row a source of the batch
CYPHER 25
UNWIND $keys AS key
MATCH (s:Source {key: key})
RETURN s {.*} AS source
