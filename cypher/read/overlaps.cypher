// Versions of one stake that overlap
// Purpose: At one pair of clocks a stake has one version; anything else would be counted twice.
// Parameters: $limit INTEGER
// Returns: owner STRING, owned STRING, type STRING, holding STRING
// Access: read
// Bounds: $limit stakes
CYPHER 25
MATCH (a:Entity)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(b:Entity)
WHERE r.known_to IS NULL
WITH a, b, type(r) AS type, r.holding AS holding, collect(r) AS versions
WHERE size(versions) > 1
WITH a, b, type, holding, versions
WHERE any(i IN range(0, size(versions) - 1) WHERE any(j IN range(0, size(versions) - 1) WHERE i < j
  AND (versions[i].valid_to IS NULL OR versions[j].valid_from IS NULL OR versions[i].valid_to > versions[j].valid_from)
  AND (versions[j].valid_to IS NULL OR versions[i].valid_from IS NULL OR versions[j].valid_to > versions[i].valid_from)))
RETURN a.id AS owner, b.id AS owned, type, holding
LIMIT $limit
