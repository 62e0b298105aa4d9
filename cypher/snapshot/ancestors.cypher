// Everything above one entity
// Purpose: Every stake that can matter for the entity at two clocks, as columns; holders of each entity met are all there.
// Parameters: $entity STRING, $types LIST OF STRING, $as_of DATE, $known_at ZONED DATETIME, $max_entities INTEGER, $max_stakes INTEGER
// Returns: explored LIST OF STRING, ids LIST OF STRING, owners LIST OF STRING, owned LIST OF STRING, types LIST OF STRING, holdings LIST OF STRING, mins LIST OF FLOAT, maxs LIST OF FLOAT, min_opens LIST OF BOOLEAN, max_opens LIST OF BOOLEAN, exact_mins LIST OF STRING, exact_maxs LIST OF STRING, conflicts LIST OF BOOLEAN, sources LIST OF LIST OF STRING
// Access: read
// Bounds: $max_entities entities, $max_stakes stakes; one more of either says that the search was cut off
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS|VOTES|APPOINTS|CONTROLS*0..]-(a)
  WHERE all(r IN rs WHERE type(r) IN $types
    AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
    AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at))
  RETURN DISTINCT a LIMIT $max_entities + 1
}
WITH collect(a) AS above
CALL (above) {
  UNWIND above AS a
  MATCH (a)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(b)
  WHERE type(r) IN $types
    AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
    AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
  WITH a, r, b LIMIT $max_stakes + 1
  RETURN collect(r.id) AS ids, collect(b.id) AS owners, collect(a.id) AS owned, collect(type(r)) AS types,
    collect(r.holding) AS holdings,
    collect(coalesce(r.min, 0.0)) AS mins, collect(coalesce(r.max, 1.0)) AS maxs,
    collect(coalesce(r.min_open, false)) AS min_opens, collect(coalesce(r.max_open, false)) AS max_opens,
    collect(coalesce(r.min_exact, '')) AS exact_mins, collect(coalesce(r.max_exact, '')) AS exact_maxs,
    collect(r.conflict) AS conflicts, collect(r.sources) AS sources
}
RETURN [a IN above | a.id] AS explored, ids, owners, owned, types, holdings, mins, maxs, min_opens, max_opens,
  exact_mins, exact_maxs, conflicts, sources
