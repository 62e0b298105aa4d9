// Imports, the newest first
// Purpose: A list of what was sent, with what became of it.
// Parameters: $seconds INTEGER, $before ZONED DATETIME, $before_id STRING, $limit INTEGER
// Returns: id STRING, status STRING, files LIST OF STRING, source STRING, format STRING, complete BOOLEAN, allow_empty BOOLEAN, begun_at ZONED DATETIME, started_at ZONED DATETIME, alive_at ZONED DATETIME, ended_at ZONED DATETIME, file STRING, rows INTEGER, percent INTEGER, report STRING, problem STRING
// Access: read
// Bounds: $limit imports
CYPHER 25
MATCH (i:Import)
WHERE $before IS NULL OR i.begun_at < $before OR (i.begun_at = $before AND i.id < $before_id)
WITH i ORDER BY i.begun_at DESC, i.id DESC LIMIT $limit
RETURN i.id AS id, CASE WHEN i.status IN ['waiting', 'running'] AND i.alive_at < datetime() - duration({seconds: $seconds})
    THEN 'interrupted' ELSE i.status END AS status,
  i.files AS files, i.source AS source, i.format AS format, i.complete AS complete, i.allow_empty AS allow_empty,
  i.begun_at AS begun_at, i.started_at AS started_at, i.alive_at AS alive_at, i.ended_at AS ended_at,
  i.file AS file, i.rows AS rows, i.percent AS percent, i.report AS report, i.problem AS problem
ORDER BY begun_at DESC, id DESC
