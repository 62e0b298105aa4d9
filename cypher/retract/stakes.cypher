// The claims behind stakes, before some of them are taken back
// Purpose: The versions that stand, those that the change under way has closed already, and all ids that are used up.
// Parameters: $keys LIST OF MAP, $instant ZONED DATETIME
// Returns: key INTEGER, versions LIST OF MAP, closed LIST OF MAP, ended LIST OF STRING
// Access: read
// Bounds: one row a stake
CYPHER 25
UNWIND $keys AS key
OPTIONAL MATCH (owner:Entity {id: key.owner})
USING INDEX SEEK owner:Entity(id)
OPTIONAL MATCH (owned:Entity {id: key.owned})
USING INDEX SEEK owned:Entity(id)
WITH key, COLLECT {
  MATCH (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(owned)
  WHERE type(r) = key.type AND r.holding = key.holding
  RETURN r {.*}
} AS all
RETURN key.key AS key,
  [r IN all WHERE r.known_to IS NULL] AS versions,
  [r IN all WHERE r.known_to = $instant] AS closed,
  [r IN all WHERE r.known_to IS NOT NULL | r.id] AS ended
