// Write what sources call entities
// Purpose: Close the version a source gave before, write the new one.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
MERGE (s:Source {key: row.source})
WITH e, s, row
CALL (e, s) {
  MATCH (e)-[old:DESCRIBED]->(s) WHERE old.known_to IS NULL
  WITH old, old.known_from = $instant AS written_now
  FOREACH (_ IN CASE WHEN written_now THEN [] ELSE [1] END | SET old.known_to = $instant)
  FOREACH (_ IN CASE WHEN written_now THEN [1] ELSE [] END | DELETE old)
}
CREATE (e)-[d:DESCRIBED]->(s)
SET d = row.properties, d.known_from = $instant
