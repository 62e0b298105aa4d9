// What is known of entities before a batch
// Purpose: Tell duplicates from new knowledge, and see which lanes an entity is held in.
// Parameters: $ids LIST OF STRING
// Returns: id STRING, described LIST OF MAP, held_in LIST OF STRING
// Access: read
// Bounds: one row an id of the batch
CYPHER 25
UNWIND $ids AS id
MATCH (e:Entity {id: id})
USING INDEX SEEK e:Entity(id)
RETURN id,
  COLLECT { MATCH (e)-[d:DESCRIBED]->(s:Source) WHERE d.known_to IS NULL RETURN d {.*, source: s.key} } AS described,
  COLLECT { MATCH (e)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-() WHERE r.known_to IS NULL RETURN DISTINCT type(r) } AS held_in
