// Who stands above one entity on any day
// Purpose: Every entity that could matter for the entity on some day, as known at one of the instants, with all holders.
// Parameters: $entity STRING, $types LIST OF STRING, $known LIST OF ZONED DATETIME, $max_entities INTEGER
// Returns: explored LIST OF STRING, owners LIST OF STRING
// Access: read
// Bounds: $max_entities entities and their holders; one more says that the search was cut off
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS|VOTES|APPOINTS|CONTROLS*0..]-(a)
  WHERE all(r IN rs WHERE type(r) IN $types
    AND any(k IN $known WHERE r.known_from <= k AND (r.known_to IS NULL OR r.known_to > k)))
  RETURN DISTINCT a LIMIT $max_entities + 1
}
WITH collect(a) AS above
CALL (above) {
  UNWIND above AS a
  MATCH (a)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(b)
  WHERE type(r) IN $types
    AND any(k IN $known WHERE r.known_from <= k AND (r.known_to IS NULL OR r.known_to > k))
  RETURN collect(DISTINCT b.id) AS owners
}
RETURN [a IN above | a.id] AS explored, owners
