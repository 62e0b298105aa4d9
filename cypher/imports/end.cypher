// The end of an import
// Purpose: Keep the report of the load, or the problem document of what went wrong.
// Parameters: $id STRING, $status STRING, $rows INTEGER, $report STRING, $problem STRING
// Returns: id STRING
// Access: write
// Bounds: one node
CYPHER 25
MATCH (i:Import {id: $id})
SET i.status = $status, i.rows = $rows, i.percent = CASE WHEN $status = 'done' THEN 100 ELSE i.percent END, i.report = $report, i.problem = $problem,
  i.alive_at = datetime(), i.ended_at = datetime()
RETURN i.id AS id
