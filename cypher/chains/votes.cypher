// Chains into one entity, lane votes
// Purpose: The chains with the largest products, upward from the entity to the first seed met; no entity twice, no stake of negative weight.
// Parameters: $entity STRING, $seeds LIST OF STRING, $assumed LIST OF STRING, $weights MAP, $as_of DATE, $known_at ZONED DATETIME, $floor FLOAT, $limit INTEGER
// Returns: entities LIST OF STRING, product FLOAT
// Access: read
// Bounds: 25 links; products from $floor; $limit chains
CYPHER 25
MATCH p = ACYCLIC (t:Entity {id: $entity})
  ((b)<-[r:OWNS|VOTES]-(a)
    WHERE NOT b.id IN $seeds
      AND ((type(r) = 'VOTES' AND NOT b.id IN $assumed) OR (type(r) = 'OWNS' AND b.id IN $assumed))
      AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
      AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
      AND coalesce($weights[r.id], 0.0) >= 0.0){1,25}
  (s WHERE s.id IN $seeds)
WHERE allReduce(acc = 1.0, x IN r | acc * coalesce($weights[x.id], x.min, 0.0), acc > $floor)
WITH p, reduce(acc = 1.0, x IN relationships(p) | acc * coalesce($weights[x.id], x.min, 0.0)) AS product
WITH reverse([n IN nodes(p) | n.id]) AS entities, product
RETURN entities, product
ORDER BY product DESC, entities
LIMIT $limit
