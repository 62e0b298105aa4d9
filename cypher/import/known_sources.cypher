// What is known of sources before a batch
// Purpose: Tell duplicates from new knowledge; a source that is only named is not described yet.
// Parameters: $keys LIST OF STRING
// Returns: record MAP, told_at ZONED DATETIME
// Access: read
// Bounds: one row a source of the batch
CYPHER 25
UNWIND $keys AS key
MATCH (s:Source {key: key})
WHERE s.told_at IS NOT NULL
RETURN s {.*, source: s.key} AS record, s.told_at AS told_at
