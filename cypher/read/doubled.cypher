// Owners or holdings of an entity that a source takes for another id
// Purpose: Only where there is any must the claims of several ids be brought together.
// Parameters: $entity STRING, $known_at ZONED DATETIME
// Returns: id STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (e:Entity {id: $entity})-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(other:Entity)
WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at) AND EXISTS {
  MATCH (other)-[s:SAME_AS]-()
  WHERE s.known_from <= $known_at AND (s.known_to IS NULL OR s.known_to > $known_at)
}
RETURN other.id AS id
LIMIT 1
