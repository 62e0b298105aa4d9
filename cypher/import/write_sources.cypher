// Describe sources
// Purpose: Title, address, licence, day of retrieval and digest of a source.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (s:Source {key: row.key})
SET s = row, s.told_at = $instant
