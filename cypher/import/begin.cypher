// Begin a load, or go on with an interrupted one
// Purpose: One load has one instant; an interrupted load keeps its own unless the facts have changed since.
// Parameters: $id STRING, $now ZONED DATETIME, $files LIST OF STRING
// Returns: instant ZONED DATETIME, resumed BOOLEAN
// Access: write
// Bounds: one node
CYPHER 25
MATCH (ledger:Ledger {key: 'facts'})
MERGE (run:Load {id: $id})
WITH ledger, run,
  run.instant IS NOT NULL AND run.finished IS NULL
    AND run.instant = ledger.last_instant AS resumed,
  CASE WHEN ledger.last_instant >= $now THEN ledger.last_instant + duration({microseconds: 1}) ELSE $now END AS fresh
SET run.instant = CASE WHEN resumed THEN run.instant ELSE fresh END,
    run.files = $files, run.finished = NULL,
    ledger.last_instant = run.instant
RETURN run.instant AS instant, resumed
