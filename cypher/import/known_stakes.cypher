// What is known of stakes before a batch
// Purpose: The claims behind each stake of the batch, to be brought together with the new ones.
// Parameters: $keys LIST OF MAP
// Returns: key INTEGER, owned_kind STRING, versions LIST OF MAP, ended LIST OF STRING
// Access: read
// Bounds: one row a stake of the batch
CYPHER 25
UNWIND $keys AS key
OPTIONAL MATCH (owned:Entity {id: key.owned})
USING INDEX SEEK owned:Entity(id)
OPTIONAL MATCH (owner:Entity {id: key.owner})
USING INDEX SEEK owner:Entity(id)
RETURN key.key AS key, owned.kind AS owned_kind,
  COLLECT {
    MATCH (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(owned)
    WHERE type(r) = key.type AND r.holding = key.holding AND r.known_to IS NULL
    RETURN r {.*}
  } AS versions,
  COLLECT {
    MATCH (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(owned)
    WHERE type(r) = key.type AND r.holding = key.holding AND r.known_to IS NOT NULL
    RETURN r.id
  } AS ended
