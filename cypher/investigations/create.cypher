// A new investigation
// Purpose: Keep a question about entities, under the policy and clocks that it is asked with.
// Parameters: $id STRING, $properties MAP, $subjects LIST OF STRING, $policy MAP, $region_lists LIST OF MAP
// Returns: is_new BOOLEAN
// Access: write
// Bounds: one investigation, its subjects, one policy, its region lists
CYPHER 25
MERGE (i:Investigation {id: $id})
ON CREATE SET i += $properties
MERGE (p:Policy {digest: $policy.digest})
ON CREATE SET p.id = $policy.id, p.version = $policy.version, p.document = $policy.document
MERGE (i)-[:UNDER]->(p)
FOREACH (list IN $region_lists |
  MERGE (l:RegionList {digest: list.digest})
  ON CREATE SET l.id = list.id, l.document = list.document
  MERGE (p)-[:REFERS_TO]->(l))
WITH i
UNWIND $subjects AS subject
MATCH (e:Entity {id: subject})
MERGE (i)-[a:ABOUT]->(e)
ON CREATE SET a.since = i.opened_at
RETURN DISTINCT i.version IS NULL AS is_new
