// What each source says of the stakes in companies
// Purpose: How many claims of each source speak at two clocks, and how new they are.
// Parameters: $companies LIST OF STRING, $types LIST OF STRING, $as_of DATE, $known_at ZONED DATETIME
// Returns: source STRING, facts INTEGER, newest_valid_from STRING, known_from ZONED DATETIME
// Access: read
// Bounds: one row a source
CYPHER 25
UNWIND $companies AS company
MATCH (:Entity)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(:Entity {id: company})
WHERE type(r) IN $types
  AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
UNWIND range(0, r.claims_speaking - 1) AS i
RETURN r.claim_sources[i] AS source, count(*) AS facts, max(r.claim_valid_from[i]) AS newest_valid_from,
  max(datetime(r.claim_known_from[i])) AS known_from
ORDER BY source
