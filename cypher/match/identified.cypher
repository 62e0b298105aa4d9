// Entities that have numbers, under whatever scheme
// Purpose: Candidates for one entity under several ids; whether the number and its register are the same is decided by the program.
// Parameters: $values LIST OF STRING, $most INTEGER
// Returns: id STRING
// Access: read
// Bounds: $most entities
CYPHER 25
UNWIND $values AS value
MATCH (e:Entity)-[:IDENTIFIED]->(:Identifier {compact: value})
RETURN DISTINCT e.id AS id
ORDER BY id
LIMIT $most
