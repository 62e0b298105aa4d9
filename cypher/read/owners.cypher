// Direct owners of an entity
// Purpose: Who holds it, with the claims behind each stake; a dissolved entity neither holds nor is held.
// Parameters: $entity STRING, $types LIST OF STRING, $other STRING, $as_of DATE, $known_at ZONED DATETIME, $after MAP, $limit INTEGER
// Returns: owner STRING, owned STRING, type STRING, stake MAP
// Access: read
// Bounds: $limit stakes, after the one that $after describes
CYPHER 25
MATCH (e:Entity {id: $entity})
CALL (e) {
  MATCH (e)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(other)
  WHERE type(r) IN $types AND ($other IS NULL OR other.id = $other)
    AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
    AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
    AND none(x IN [e, other] WHERE coalesce(COLLECT {
      MATCH (x)-[d:DESCRIBED]->(s:Source)
      WHERE d.dissolved IS NOT NULL AND d.known_from <= $known_at AND (d.known_to IS NULL OR d.known_to > $known_at)
      RETURN d.dissolved ORDER BY d.known_from DESC, s.key DESC LIMIT 1
    }[0] <= $as_of, false))
  RETURN r, other, coalesce(r.min, -1.0) AS least
}
WITH r, other, least
WHERE $after.id IS NULL OR least < $after.min
  OR (least = $after.min AND (other.id > $after.id
    OR (other.id = $after.id AND (type(r) > $after.type
      OR (type(r) = $after.type AND r.holding > $after.holding)))))
RETURN startNode(r).id AS owner, endNode(r).id AS owned, type(r) AS type, r {.*} AS stake
ORDER BY least DESC, other.id, type(r), r.holding
LIMIT $limit
