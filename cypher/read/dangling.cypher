// Sources that facts name and that are not there
// Purpose: Every claim names the node of its source; the importer writes both at once.
// Parameters: $limit INTEGER
// Returns: source STRING
// Access: read
// Bounds: $limit sources
CYPHER 25
CALL () {
  MATCH (:Entity)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->()
  UNWIND r.claim_sources AS source
  RETURN DISTINCT source
  UNION
  MATCH (:Entity)-[r:LOCATED|LISTED|ACTS_IN|SAME_AS]->()
  RETURN DISTINCT r.source AS source
}
WITH source
WHERE NOT EXISTS { (:Source {key: source}) }
RETURN source
LIMIT $limit
