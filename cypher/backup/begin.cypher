// Begin to restore
// Purpose: The ledger of the backup takes the place of the empty one; without a ledger no load begins meanwhile.
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts'})
WHERE l.version = 0
DELETE l
