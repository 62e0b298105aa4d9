// What is not disclosed above it?
// Purpose: Companies above one entity whose recorded shares leave a part open, and how much: today, as known now, in percent.
// Parameters: $entity STRING
// Returns: company STRING, name STRING, recorded_percent FLOAT, open_percent FLOAT, holders INTEGER, without_a_name LIST OF STRING
// Access: read
// Bounds: 10,000 entities above it, 500 companies
CYPHER 25
MATCH (t:Entity {id: $entity})
CALL (t) {
  MATCH (t)<-[rs:OWNS*0..]-(a:Entity)
  WHERE all(r IN rs WHERE r.known_to IS NULL
    AND (r.valid_from IS NULL OR r.valid_from <= date()) AND (r.valid_to IS NULL OR r.valid_to > date()))
  RETURN DISTINCT a AS c LIMIT 10000
}
WITH c
WHERE NOT c.kind IN ['person', 'state', 'public_float']
OPTIONAL MATCH (c)<-[u:OWNS]-(o:Entity)
WHERE u.known_to IS NULL
  AND (u.valid_from IS NULL OR u.valid_from <= date()) AND (u.valid_to IS NULL OR u.valid_to > date())
WITH c, sum(u.min) AS least, count(DISTINCT o) AS holders,
  [x IN collect(DISTINCT CASE WHEN o.unspecified IS NOT NULL THEN o.id END) | x] AS without_a_name
WHERE round(least, 9) < 1 OR size(without_a_name) > 0
RETURN c.id AS company, c.name AS name, round(100 * least, 6) AS recorded_percent,
  round(100 * (1 - least), 6) AS open_percent, holders, without_a_name
ORDER BY open_percent DESC, company
LIMIT 500
