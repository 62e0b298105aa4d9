// The holders of several entities
// Purpose: Every stake in each of the entities, in some lanes, at two clocks.
// Parameters: $ids LIST OF STRING, $types LIST OF STRING, $as_of DATE, $known_at ZONED DATETIME, $max_stakes INTEGER
// Returns: owner STRING, owned STRING, type STRING, stake MAP
// Access: read
// Bounds: $max_stakes stakes; one more says that the search was cut off
CYPHER 25
UNWIND $ids AS id
MATCH (a:Entity {id: id})<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(b)
WHERE type(r) IN $types
  AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
RETURN b.id AS owner, a.id AS owned, type(r) AS type,
  r {.id, .holding, .min, .max, .min_open, .max_open, .min_exact, .max_exact, .conflict, .sources} AS stake
LIMIT $max_stakes + 1
