// Keep the loader's lock and count the change
// Purpose: Runs first in the transaction of each batch: no row if another load has taken over.
// Parameters: $holder STRING, $seconds INTEGER
// Returns: version INTEGER
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts', holder: $holder})
SET l.held_until = datetime() + duration({seconds: $seconds}), l.version = l.version + 1
RETURN l.version AS version
