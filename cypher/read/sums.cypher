// Holders whose least stakes add up to more than all
// Purpose: Records that cannot all be right; verdicts on these entities say so.
// Parameters: $limit INTEGER, $most FLOAT
// Returns: owned STRING, type STRING
// Access: read
// Bounds: $limit entities
CYPHER 25
MATCH (b:Entity)<-[r:OWNS|VOTES]-()
WHERE r.known_to IS NULL AND NOT r.conflict
  AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())
WITH b, type(r) AS type, sum(r.min) AS total
WHERE total > $most
RETURN b.id AS owned, type
LIMIT $limit
