// Which companies hold each other?
// Purpose: Cross-holdings above one entity: rings of shares that hold today, as known now.
// Parameters: $entity STRING
// Returns: p PATH
// Access: read
// Bounds: 10,000 entities above it, rings of 6 links, 100 rings
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS*0..]-(a:Entity)
  WHERE all(r IN rs WHERE r.known_to IS NULL
    AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date()))
  RETURN DISTINCT a AS a LIMIT 10000
}
MATCH p = (a)
  (()<-[u:OWNS]-()
    WHERE u.known_to IS NULL
      AND (u.valid_from IS NULL OR u.valid_from <= date()) AND (u.valid_to IS NULL OR u.valid_to > date())){1,6}
  (a)
WHERE a.id = reduce(first = a.id, n IN nodes(p) | CASE WHEN n.id < first THEN n.id ELSE first END)
RETURN p
LIMIT 100
