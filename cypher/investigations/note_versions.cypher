// Every version of the notes of an investigation
// Purpose: What a note said at first, and ever since; of one note, or of all of them.
// Parameters: $id STRING, $number INTEGER
// Returns: number INTEGER, revision INTEGER, text STRING, written_at ZONED DATETIME
// Access: read
// Bounds: the changes that one investigation takes
CYPHER 25
MATCH (:Investigation {id: $id})-[:NOTED]->(n:InvestigationNote)
WHERE $number IS NULL OR n.number = $number
RETURN n.number AS number, n.revision AS revision, n.text AS text, n.written_at AS written_at
ORDER BY number, revision
