// Bring the node of an entity up to date
// Purpose: The node shows what all sources together say now: names, kind as a label, identifiers.
// Parameters: $rows LIST OF MAP
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
WITH e, row, [label IN labels(e) WHERE label <> 'Entity' AND label <> row.label] AS stale
REMOVE e:$(stale)
SET e += row.properties, e:$(row.label)
WITH e, row
CALL (e, row) {
  UNWIND row.identifiers AS identifier
  MERGE (i:Identifier {key: identifier.key})
  ON CREATE SET i.scheme = identifier.scheme, i.value = identifier.value, i.compact = identifier.compact
  MERGE (e)-[:IDENTIFIED]->(i)
}
