// Entities with all that was ever said of them, page by page
// Purpose: Descriptions, locations, lists, groups and doubles in every version, and how many stakes in them there are.
// Parameters: $after STRING, $limit INTEGER
// Returns: id STRING, described LIST OF MAP, claimed LIST OF MAP, held BOOLEAN
// Access: read
// Bounds: $limit entities and what is said of them, without stakes
CYPHER 25
MATCH (e:Entity)
WHERE e.id > $after
WITH e ORDER BY e.id LIMIT $limit
RETURN e.id AS id,
  COLLECT { MATCH (e)-[d:DESCRIBED]->(s:Source) RETURN d {.*, source: s.key} } AS described,
  COLLECT {
    MATCH (e)-[r:LOCATED|LISTED|ACTS_IN|SAME_AS]->(target)
    RETURN r {.*, type: type(r), target: coalesce(target.code, target.key, target.id)}
  } AS claimed,
  EXISTS { (e)<-[:OWNS|VOTES|APPOINTS|CONTROLS]-() } AS held
ORDER BY id
