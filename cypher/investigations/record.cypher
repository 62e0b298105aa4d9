// What happened in an investigation
// Purpose: Every change adds one event and makes the version one higher; events are never changed.
// Parameters: $id STRING, $what STRING, $details MAP, $at ZONED DATETIME
// Returns: version INTEGER
// Access: write
// Bounds: one event
CYPHER 25
MATCH (i:Investigation {id: $id})
SET i.version = coalesce(i.version, 0) + 1, i.changed_at = $at
CREATE (i)-[:RECORDED]->(e:InvestigationEvent {key: $id + '/' + toString(i.version)})
SET e += $details, e.number = i.version, e.what = $what, e.at = $at
RETURN i.version AS version
