// The question or the status of an investigation
// Purpose: Put it more clearly, close it, open it again; the event beside it keeps what it was.
// Parameters: $id STRING, $question STRING, $status STRING
// Returns: id STRING
// Access: write
// Bounds: one investigation
CYPHER 25
MATCH (i:Investigation {id: $id})
SET i.question = $question, i.status = $status
RETURN i.id AS id
