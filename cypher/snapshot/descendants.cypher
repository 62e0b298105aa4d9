// Everything below some entities
// Purpose: Every entity that one of the entities reaches over stakes that can be above zero, at two clocks.
// Parameters: $entities LIST OF STRING, $types LIST OF STRING, $as_of DATE, $known_at ZONED DATETIME, $max_entities INTEGER
// Returns: id STRING
// Access: read
// Bounds: $max_entities entities; one more says that the search was cut off
CYPHER 25
UNWIND $entities AS entity
MATCH (t:Entity {id: entity})-[rs:OWNS|VOTES|APPOINTS|CONTROLS*1..]->(below)
WHERE all(r IN rs WHERE type(r) IN $types AND coalesce(r.max, 1.0) > 0.0
  AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at))
RETURN DISTINCT below.id AS id LIMIT $max_entities + 1
