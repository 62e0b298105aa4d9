// One import
// Purpose: How far it is; one whose process said nothing for a while is interrupted.
// Parameters: $id STRING, $seconds INTEGER
// Returns: id STRING, status STRING, files LIST OF STRING, source STRING, format STRING, complete BOOLEAN, allow_empty BOOLEAN, begun_at ZONED DATETIME, started_at ZONED DATETIME, alive_at ZONED DATETIME, ended_at ZONED DATETIME, file STRING, rows INTEGER, percent INTEGER, report STRING, problem STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (i:Import {id: $id})
RETURN i.id AS id, CASE WHEN i.status IN ['waiting', 'running'] AND i.alive_at < datetime() - duration({seconds: $seconds})
    THEN 'interrupted' ELSE i.status END AS status,
  i.files AS files, i.source AS source, i.format AS format, i.complete AS complete, i.allow_empty AS allow_empty,
  i.begun_at AS begun_at, i.started_at AS started_at, i.alive_at AS alive_at, i.ended_at AS ended_at,
  i.file AS file, i.rows AS rows, i.percent AS percent, i.report AS report, i.problem AS problem
