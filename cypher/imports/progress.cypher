// How far an import is
// Purpose: Say that its process is there, whether it waits or loads, and how many rows it has read.
// Parameters: $id STRING, $status STRING, $file STRING, $rows INTEGER, $percent INTEGER
// Returns: id STRING
// Access: write
// Bounds: one node
CYPHER 25
MATCH (i:Import {id: $id})
SET i.status = $status, i.file = $file, i.rows = $rows, i.percent = $percent, i.alive_at = datetime(),
  i.started_at = CASE WHEN $status = 'running' THEN coalesce(i.started_at, datetime()) END
RETURN i.id AS id
