// The query one writes first
// Purpose: All paths of up to ten links, multiplied afterwards; what the chains query is measured against.
// Parameters: $entity STRING, $seeds LIST OF STRING
// Access: read
// Bounds: ten links, ten paths; nothing keeps it from going through all of them
CYPHER 25
MATCH p = (s:Entity)-[r:OWNS*1..10]->(t:Entity {id: $entity})
WHERE s.id IN $seeds
WITH p, reduce(acc = 1.0, x IN relationships(p) | acc * x.min) AS product
WHERE product >= 0.0001
RETURN [n IN nodes(p) | n.id] AS entities, product
ORDER BY product DESC
LIMIT 10
