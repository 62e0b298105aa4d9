// Who holds the loader's lock
// Purpose: A lock of a process of this machine that is gone is taken over at once.
// Returns: held_by STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (l:Ledger {key: 'facts'})
WHERE l.holder <> ''
RETURN l.held_by AS held_by
