// Entities whose names answered a question to the index at an instant
// Purpose: Names that were withdrawn or replaced since are found as sources told them then.
// Parameters: $asked STRING, $known_at ZONED DATETIME, $most INTEGER
// Returns: id STRING, names LIST OF STRING, at_instant BOOLEAN
// Access: read
// Bounds: $most hits
CYPHER 25
CALL db.index.fulltext.queryRelationships('names_then', $asked, {limit: $most}) YIELD relationship AS d
RETURN startNode(d).id AS id, [d.name, d.name_original] + d.aliases AS names,
  d.known_from <= $known_at AND (d.known_to IS NULL OR d.known_to > $known_at) AS at_instant
