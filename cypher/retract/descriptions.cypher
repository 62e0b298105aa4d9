// What sources call entities, before some of it is taken back
// Purpose: The descriptions that stand, and those that the change under way has closed already.
// Parameters: $ids LIST OF STRING, $instant ZONED DATETIME
// Returns: id STRING, described LIST OF MAP, closed LIST OF MAP
// Access: read
// Bounds: one row an id
CYPHER 25
UNWIND $ids AS id
MATCH (e:Entity {id: id})
USING INDEX SEEK e:Entity(id)
RETURN id,
  COLLECT { MATCH (e)-[d:DESCRIBED]->(s:Source) WHERE d.known_to IS NULL RETURN d {.*, source: s.key} } AS described,
  COLLECT { MATCH (e)-[d:DESCRIBED]->(s:Source) WHERE d.known_to = $instant RETURN d {.*, source: s.key} } AS closed
