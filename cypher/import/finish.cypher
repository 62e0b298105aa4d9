// Finish a load
// Purpose: From here on the facts of the load are what verdicts see by default; a load that changed nothing leaves no change.
// Parameters: $id STRING, $changed BOOLEAN
// Access: write
// Bounds: one node
CYPHER 25
MATCH (ledger:Ledger {key: 'facts'}), (run:Load {id: $id})
SET run.finished = datetime(),
    ledger.last_change = CASE WHEN $changed THEN run.instant ELSE ledger.last_change END
