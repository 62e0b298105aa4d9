// Rows of a screening
// Purpose: Keep rows with the verdicts behind them; nothing is written for a process that no longer holds the screening.
// Parameters: $id STRING, $holder STRING, $rows LIST OF MAP, $done INTEGER, $given_at ZONED DATETIME
// Returns: done INTEGER
// Access: write
// Bounds: the rows given
CYPHER 25
MATCH (s:Screening {id: $id})-[:UNDER]->(p:Policy)
SET s.touched = datetime() // a lock, before anything is read
WITH s, p
WHERE s.holder = $holder AND s.status = 'running'
SET s.done = $done, s.alive_at = datetime()
WITH s, p
CALL (s, p) {
  UNWIND $rows AS row
  MERGE (r:ScreeningRow {key: row.key})
  SET r += row.properties
  MERGE (s)-[:HAS]->(r)
  WITH p, r, row
  WHERE row.verdict IS NOT NULL
  MATCH (e:Entity {id: row.verdict.entity})
  MERGE (v:Verdict {verdict_id: row.verdict.id})
  ON CREATE SET v += row.verdict.properties, v.given_at = $given_at
  MERGE (v)-[:ABOUT]->(e)
  MERGE (v)-[:UNDER]->(p)
  MERGE (r)-[:GAVE]->(v)
}
RETURN s.done AS done
