// Through which chains?
// Purpose: The chains of shares into one entity with the largest products, from wherever they begin; in percent, today, as known now.
// Parameters: $entity STRING
// Returns: chain LIST OF STRING, percent FLOAT, p PATH
// Access: read
// Bounds: 25 links, products of at least 1%, 50 chains
CYPHER 25
MATCH p = ACYCLIC (t:Entity {id: $entity})
  ((b)<-[r:OWNS]-(a)
    WHERE r.known_to IS NULL
      AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date())){1,25}
  (s)
WHERE allReduce(acc = 1.0, x IN r | acc * x.min, acc >= 0.01)
  AND NOT EXISTS {
    (s)<-[u:OWNS]-(:Entity)
    WHERE u.known_to IS NULL
      AND (u.valid_from IS NULL OR u.valid_from <= date()) AND (u.valid_to IS NULL OR u.valid_to > date())
  }
WITH p, reduce(acc = 1.0, x IN relationships(p) | acc * x.min) AS product
RETURN reverse([n IN nodes(p) | coalesce(n.name, n.id)]) AS chain, round(100 * product, 6) AS percent, p
ORDER BY product DESC, chain
LIMIT 50
