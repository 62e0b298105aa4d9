// A decision of an investigation
// Purpose: What was decided on the strength of which pinned verdict, and in place of which decision before.
// Parameters: $id STRING, $number INTEGER, $kind STRING, $text STRING, $verdict_id STRING, $supersedes INTEGER, $at ZONED DATETIME
// Returns: number INTEGER
// Access: write
// Bounds: one decision
CYPHER 25
MATCH (i:Investigation {id: $id})-[:PINS]->(v:Verdict {verdict_id: $verdict_id})
CREATE (i)-[:DECIDED]->(d:Decision {number: $number, kind: $kind, text: $text, decided_at: $at})-[:CITES]->(v)
WITH i, d
OPTIONAL MATCH (i)-[:DECIDED]->(before:Decision {number: $supersedes})
FOREACH (old IN CASE WHEN before IS NULL THEN [] ELSE [before] END | CREATE (d)-[:SUPERSEDES]->(old))
RETURN d.number AS number
