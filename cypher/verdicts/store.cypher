// Store a verdict
// Purpose: The verdict beside the entity it is about, under the policy it was given by; what is there stays as it is.
// Parameters: $entity STRING, $verdict_id STRING, $properties MAP, $given_at ZONED DATETIME, $policy MAP, $region_lists LIST OF MAP
// Returns: verdict_id STRING
// Access: write
// Bounds: one verdict, one policy, its region lists
CYPHER 25
MATCH (e:Entity {id: $entity})
MERGE (p:Policy {digest: $policy.digest})
ON CREATE SET p.id = $policy.id, p.version = $policy.version, p.document = $policy.document
MERGE (v:Verdict {verdict_id: $verdict_id})
ON CREATE SET v += $properties, v.given_at = $given_at
MERGE (v)-[:ABOUT]->(e)
MERGE (v)-[:UNDER]->(p)
FOREACH (list IN $region_lists |
  MERGE (l:RegionList {digest: list.digest})
  ON CREATE SET l.id = list.id, l.document = list.document
  MERGE (p)-[:REFERS_TO]->(l))
RETURN v.verdict_id AS verdict_id
