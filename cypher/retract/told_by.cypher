// Entities of which sources say something
// Purpose: Page by page through all entities, those that the sources describe, locate or list, and the stakes in them; also what the change under way has closed already.
// Parameters: $sources LIST OF STRING, $instant ZONED DATETIME, $after STRING, $limit INTEGER
// Returns: id STRING, told BOOLEAN, stakes LIST OF MAP
// Access: read
// Bounds: $limit entities and the stakes in them
CYPHER 25
MATCH (e:Entity)
WHERE e.id > $after
WITH e ORDER BY e.id LIMIT $limit
RETURN e.id AS id,
  EXISTS {
    MATCH (e)-[d:DESCRIBED]->(s:Source)
    WHERE s.key IN $sources AND (d.known_to IS NULL OR d.known_to = $instant)
  } OR EXISTS {
    MATCH (e)-[r:LOCATED|LISTED|ACTS_IN|SAME_AS]->()
    WHERE r.source IN $sources AND (r.known_to IS NULL OR r.known_to = $instant)
  } AS told,
  COLLECT {
    MATCH (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(e)
    WHERE (r.known_to IS NULL OR r.known_to = $instant) AND any(s IN r.claim_sources WHERE s IN $sources)
    RETURN DISTINCT {owner: owner.id, owned: e.id, type: type(r), holding: r.holding}
  } AS stakes
ORDER BY id
