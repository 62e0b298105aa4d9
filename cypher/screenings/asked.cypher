// What a screening asks
// Purpose: Everything that is needed to go on with it where it stands.
// Parameters: $id STRING
// Returns: entities LIST OF STRING, given LIST OF STRING, done INTEGER, variant STRING, as_of DATE, known_at ZONED DATETIME, max_age_days INTEGER, digest STRING, policy STRING, region_lists LIST OF STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (s:Screening {id: $id})-[:UNDER]->(p:Policy)
RETURN s.entities AS entities, s.given AS given, s.done AS done, s.variant AS variant, s.as_of AS as_of,
  s.known_at AS known_at, s.max_age_days AS max_age_days, p.digest AS digest, p.document AS policy,
  COLLECT { MATCH (p)-[:REFERS_TO]->(l:RegionList) RETURN l.document ORDER BY l.id } AS region_lists
