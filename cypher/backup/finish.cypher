// Finish restoring
// Purpose: Nobody holds the loader's lock of a restored ledger.
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts'})
SET l.holder = '', l.held_by = '', l.held_until = datetime({epochSeconds: 0})
