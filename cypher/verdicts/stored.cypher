// A stored verdict
// Purpose: The document as it was given, and the policy with its region lists to compute it again.
// Parameters: $verdict_id STRING
// Returns: document STRING, digest STRING, policy STRING, region_lists LIST OF STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (v:Verdict {verdict_id: $verdict_id})-[:UNDER]->(p:Policy)
RETURN v.document AS document, p.digest AS digest, p.document AS policy,
  COLLECT { MATCH (p)-[:REFERS_TO]->(l:RegionList) RETURN l.document ORDER BY l.id } AS region_lists
