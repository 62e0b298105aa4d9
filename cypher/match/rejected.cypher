// What people said is not this entity
// Purpose: Pairs that were rejected are not suggested again, and can be read again.
// Parameters: $entity STRING
// Returns: other STRING, why STRING, by STRING, at ZONED DATETIME
// Access: read
// Bounds: the rejected pairs of one entity
CYPHER 25
MATCH (:Entity {id: $entity})-[r:NOT_SAME_AS]-(other:Entity)
WHERE r.until IS NULL
RETURN other.id AS other, r.why AS why, r.by AS by, r.at AS at
ORDER BY other
