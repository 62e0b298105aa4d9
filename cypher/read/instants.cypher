// When knowledge changed
// Purpose: The instants at which something became known, or stopped to be, of one entity or of anybody who stands above it.
// Parameters: $entity STRING, $types LIST OF STRING, $max_entities INTEGER
// Returns: instants LIST OF ZONED DATETIME, looked_at INTEGER
// Access: read
// Bounds: $max_entities entities; one more says that the search was cut off
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS|VOTES|APPOINTS|CONTROLS*0..]-(a)
  WHERE all(r IN rs WHERE type(r) IN $types)
  RETURN DISTINCT a LIMIT $max_entities + 1
}
WITH collect(a) AS above
CALL (above) {
  UNWIND above AS a
  MATCH (a)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-()
  WHERE type(r) IN $types
  UNWIND [r.known_from, r.known_to] AS instant
  RETURN DISTINCT instant
  UNION
  UNWIND above AS a
  MATCH (a)-[r:DESCRIBED|LOCATED|LISTED|ACTS_IN|SAME_AS]->()
  UNWIND [r.known_from, r.known_to] AS instant
  RETURN DISTINCT instant
}
WITH above, instant WHERE instant IS NOT NULL
RETURN collect(instant) AS instants, size(above) AS looked_at
