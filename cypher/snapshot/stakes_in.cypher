// The stakes in several companies, with who says so
// Purpose: Every stake in each of the companies, in some lanes, at two clocks, as columns, with the claims that speak.
// Parameters: $companies LIST OF STRING, $types LIST OF STRING, $as_of DATE, $known_at ZONED DATETIME, $max_stakes INTEGER
// Returns: ids LIST OF STRING, owners LIST OF STRING, owned LIST OF STRING, types LIST OF STRING, holdings LIST OF STRING, mins LIST OF FLOAT, maxs LIST OF FLOAT, min_opens LIST OF BOOLEAN, max_opens LIST OF BOOLEAN, exact_mins LIST OF STRING, exact_maxs LIST OF STRING, conflicts LIST OF BOOLEAN, sources LIST OF LIST OF STRING, spoken_sources LIST OF LIST OF STRING, spoken_valid_from LIST OF LIST OF STRING, spoken_known_from LIST OF LIST OF STRING
// Access: read
// Bounds: one row; $max_stakes stakes, one more says that there are more
CYPHER 25
UNWIND $companies AS company
MATCH (a:Entity {id: company})<-[r:OWNS|VOTES|APPOINTS|CONTROLS]-(b)
WHERE type(r) IN $types
  AND (r.valid_from IS NULL OR r.valid_from <= $as_of) AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
WITH a, r, b LIMIT $max_stakes + 1
RETURN collect(r.id) AS ids, collect(b.id) AS owners, collect(a.id) AS owned, collect(type(r)) AS types,
  collect(r.holding) AS holdings,
  collect(coalesce(r.min, 0.0)) AS mins, collect(coalesce(r.max, 1.0)) AS maxs,
  collect(coalesce(r.min_open, false)) AS min_opens, collect(coalesce(r.max_open, false)) AS max_opens,
  collect(coalesce(r.min_exact, '')) AS exact_mins, collect(coalesce(r.max_exact, '')) AS exact_maxs,
  collect(r.conflict) AS conflicts, collect(r.sources) AS sources,
  collect(r.claim_sources[0..r.claims_speaking]) AS spoken_sources,
  collect(r.claim_valid_from[0..r.claims_speaking]) AS spoken_valid_from,
  collect(r.claim_known_from[0..r.claims_speaking]) AS spoken_known_from
