// A note, or a later version of one
// Purpose: A version is added beside those before it; none is ever changed.
// Parameters: $id STRING, $number INTEGER, $revision INTEGER, $text STRING, $at ZONED DATETIME
// Returns: number INTEGER
// Access: write
// Bounds: one note
CYPHER 25
MATCH (i:Investigation {id: $id})
CREATE (i)-[:NOTED]->(n:InvestigationNote {number: $number, revision: $revision, text: $text, written_at: $at})
WITH i, n
OPTIONAL MATCH (i)-[:NOTED]->(before:InvestigationNote {number: $number, revision: $revision - 1})
FOREACH (old IN CASE WHEN before IS NULL THEN [] ELSE [before] END | CREATE (n)-[:REVISES]->(old))
RETURN n.number AS number
