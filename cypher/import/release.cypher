// Give the loader's lock back
// Purpose: Also after a failure, so that the next load need not wait.
// Parameters: $holder STRING
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts', holder: $holder})
SET l.holder = '', l.held_by = '', l.held_until = datetime({epochSeconds: 0})
