// Write what is indexed of names and identifiers
// Purpose: The words of each entity, of each description of it, and its identifiers without signs.
// Parameters: $rows LIST OF MAP
// Access: write
// Bounds: one page of entities
CYPHER 25
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.words = row.words
WITH e, row
CALL (e, row) {
  MATCH (e)-[d:DESCRIBED]->()
  SET d.words = row.told[elementId(d)]
}
CALL (e, row) {
  MATCH (e)-[:IDENTIFIED]->(i)
  SET i.compact = row.identifiers[i.key]
}
