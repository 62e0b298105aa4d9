// The claims behind the stakes in companies
// Purpose: Everything that was said of each stake, also of days gone by, to let some sources speak and to bring ids together.
// Parameters: $companies LIST OF STRING, $types LIST OF STRING, $known_at ZONED DATETIME, $limit INTEGER
// Returns: owner STRING, owned STRING, type STRING, version STRING, stake MAP
// Access: read
// Bounds: $limit versions of stakes
CYPHER 25
UNWIND $companies AS company
MATCH (b:Entity)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(:Entity {id: company})
WHERE type(r) IN $types AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
RETURN b.id AS owner, company AS owned, type(r) AS type, r.id AS version, r {.*} AS stake
LIMIT $limit
