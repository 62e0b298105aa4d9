// Stakes in entities, page by page
// Purpose: Every version of every stake in the entities, with its claims; so many pairs of owner and owned at a time.
// Parameters: $ids LIST OF STRING, $owned STRING, $owner STRING, $limit INTEGER
// Returns: owned STRING, owner STRING, versions LIST OF MAP
// Access: read
// Bounds: $limit pairs, after the pair of $owned and $owner
CYPHER 25
UNWIND $ids AS id
WITH id WHERE id >= $owned
MATCH (b:Entity {id: id})<-[:OWNS|VOTES|APPOINTS|CONTROLS]-(a:Entity)
WHERE b.id > $owned OR a.id > $owner
WITH DISTINCT a, b
ORDER BY b.id, a.id LIMIT $limit
RETURN b.id AS owned, a.id AS owner,
  COLLECT { MATCH (a)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(b) RETURN r {.*, type: type(r)} } AS versions
ORDER BY owned, owner
