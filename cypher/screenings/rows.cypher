// Rows of a screening, page by page
// Purpose: Rows by their number, all or those with some outcome and reason.
// Parameters: $id STRING, $after INTEGER, $outcome STRING, $reason STRING, $with_documents BOOLEAN, $limit INTEGER
// Returns: row MAP, document STRING
// Access: read
// Bounds: $limit rows
CYPHER 25
MATCH (:Screening {id: $id})-[:HAS]->(r:ScreeningRow)
WHERE r.row > $after AND ($outcome IS NULL OR coalesce(r.outcome, 'none') = $outcome) AND ($reason IS NULL OR r.reason = $reason)
WITH r ORDER BY r.row LIMIT $limit
OPTIONAL MATCH (r)-[:GAVE]->(v:Verdict) WHERE $with_documents
RETURN r {.*} AS row, v.document AS document
ORDER BY row.row
