// Two entities were taken for one after all
// Purpose: What was said before stays readable, with its end.
// Parameters: $entity STRING, $other STRING
// Access: write
// Bounds: the rejections of one pair
CYPHER 25
MATCH (:Entity {id: $entity})-[r:NOT_SAME_AS]-(:Entity {id: $other})
WHERE r.until IS NULL
SET r.until = datetime()
