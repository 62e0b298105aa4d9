// One chain of holdings
// Purpose: The stakes along one chain, from its holder down to the entity, as they stand in the graph at two clocks.
// Parameters: $chain LIST OF STRING, $as_of STRING, $known_at STRING
// Returns: p PATH
// Access: read
// Bounds: the stakes between neighbours in the chain
CYPHER 25
UNWIND range(0, size($chain) - 2) AS i
MATCH (owned:Entity {id: $chain[i + 1]})
MATCH p = (owner)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(owned)
WHERE owner.id = $chain[i]
  AND r.known_from <= datetime($known_at) AND (r.known_to IS NULL OR r.known_to > datetime($known_at))
  AND (r.valid_from IS NULL OR r.valid_from <= date($as_of)) AND (r.valid_to IS NULL OR r.valid_to > date($as_of))
RETURN p
