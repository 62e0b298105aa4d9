// A part of the rejected records of an import
// Purpose: The records as they were written, one part after the other.
// Parameters: $id STRING, $part INTEGER
// Returns: lines STRING
// Access: read
// Bounds: one part
CYPHER 25
MATCH (:Import {id: $id})-[:REJECTED]->(p:ImportPart {part: $part})
RETURN p.lines AS lines
