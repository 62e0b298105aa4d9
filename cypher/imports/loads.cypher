// Loads, the newest first
// Purpose: What was loaded in any way, by the command too; one without an end was interrupted or is under way.
// Parameters: $before ZONED DATETIME, $before_id STRING, $limit INTEGER
// Returns: id STRING, instant ZONED DATETIME, finished_at ZONED DATETIME, files LIST OF STRING
// Access: read
// Bounds: $limit loads
CYPHER 25
MATCH (l:Load)
WHERE l.instant IS NOT NULL
  AND ($before IS NULL OR l.instant < $before OR (l.instant = $before AND l.id < $before_id))
RETURN l.id AS id, l.instant AS instant, l.finished AS finished_at, coalesce(l.files, []) AS files
ORDER BY instant DESC, id DESC
LIMIT $limit
