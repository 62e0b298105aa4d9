// What is claimed of entities, before some of it is taken back
// Purpose: Locations, lists, groups and doubles that stand, and those that the change under way has closed already.
// Parameters: $ids LIST OF STRING, $instant ZONED DATETIME
// Returns: entity STRING, type STRING, claim MAP, closed BOOLEAN
// Access: read
// Bounds: the claims about the ids
CYPHER 25
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:LOCATED|LISTED|ACTS_IN|SAME_AS]->(target)
USING INDEX SEEK e:Entity(id)
WHERE r.known_to IS NULL OR r.known_to = $instant
RETURN id AS entity, type(r) AS type, r {.*, target: coalesce(target.code, target.key, target.id)} AS claim,
  r.known_to IS NOT NULL AS closed
