// Under which policy an investigation asks
// Purpose: The policy with its region lists as it was when the investigation was opened.
// Parameters: $id STRING
// Returns: digest STRING, policy STRING, region_lists LIST OF STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (:Investigation {id: $id})-[:UNDER]->(p:Policy)
RETURN p.digest AS digest, p.document AS policy,
  COLLECT { MATCH (p)-[:REFERS_TO]->(l:RegionList) RETURN l.document ORDER BY l.id } AS region_lists
