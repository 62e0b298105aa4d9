// A new screening
// Purpose: Keep what was asked of whom, under which policy, before the first row is worked out.
// Parameters: $id STRING, $holder STRING, $properties MAP, $policy MAP, $region_lists LIST OF MAP
// Returns: id STRING
// Access: write
// Bounds: one screening, one policy, its region lists
CYPHER 25
MERGE (s:Screening {id: $id})
ON CREATE SET s += $properties, s.holder = $holder, s.status = 'running', s.done = 0,
  s.begun_at = datetime(), s.alive_at = datetime()
MERGE (p:Policy {digest: $policy.digest})
ON CREATE SET p.id = $policy.id, p.version = $policy.version, p.document = $policy.document
MERGE (s)-[:UNDER]->(p)
FOREACH (list IN $region_lists |
  MERGE (l:RegionList {digest: list.digest})
  ON CREATE SET l.id = list.id, l.document = list.document
  MERGE (p)-[:REFERS_TO]->(l))
RETURN s.id AS id
