// Stakes in entities that cannot be held
// Purpose: Nobody holds shares or votes in a person, a state, a foundation or a float; the importer rejects such rows.
// Parameters: $limit INTEGER
// Returns: owned STRING, kind STRING, type STRING
// Access: read
// Bounds: $limit stakes
CYPHER 25
MATCH (b:Entity)<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-()
WHERE r.known_to IS NULL
  AND (b.kind IN ['person', 'public_float'] OR (b.kind IN ['state', 'foundation'] AND type(r) IN ['OWNS', 'VOTES']))
RETURN b.id AS owned, b.kind AS kind, type(r) AS type
LIMIT $limit
