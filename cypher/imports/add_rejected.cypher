// Rejected records of an import
// Purpose: Keep them as they are written to a file, in parts of a bounded size.
// Parameters: $id STRING, $part INTEGER, $lines STRING
// Returns: part INTEGER
// Access: write
// Bounds: one part
CYPHER 25
MATCH (i:Import {id: $id})
MERGE (i)-[:REJECTED]->(p:ImportPart {part: $part})
SET p.lines = $lines
RETURN p.part AS part
