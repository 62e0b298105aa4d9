// The claims behind the stakes of owners
// Purpose: Everything that was said of each stake that they hold, also of days gone by, to bring ids together.
// Parameters: $owners LIST OF STRING, $types LIST OF STRING, $known_at ZONED DATETIME, $limit INTEGER
// Returns: owner STRING, owned STRING, type STRING, version STRING, stake MAP
// Access: read
// Bounds: $limit versions of stakes
CYPHER 25
UNWIND $owners AS owner
MATCH (:Entity {id: owner})-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(b:Entity)
WHERE type(r) IN $types AND r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at)
RETURN owner, b.id AS owned, type(r) AS type, r.id AS version, r {.*} AS stake
LIMIT $limit
