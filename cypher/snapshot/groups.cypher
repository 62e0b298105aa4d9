// Declared groups of entities at one clock
// Purpose: Whom an entity acts together with: every member of each group it is in, as each source tells it.
// Parameters: $ids LIST OF STRING, $known_at ZONED DATETIME
// Returns: group STRING, member STRING, claim MAP
// Access: read
// Bounds: the members of the groups of the ids
CYPHER 25
UNWIND $ids AS id
MATCH (:Entity {id: id})-[own:ACTS_IN]->(g:Group)
WHERE own.known_from <= $known_at AND (own.known_to IS NULL OR own.known_to > $known_at)
WITH DISTINCT g
MATCH (m:Entity)-[r:ACTS_IN]->(g)
WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
RETURN g.key AS group, m.id AS member, r {.*, target: g.key} AS claim
