// Note which version of indexed words the graph has
// Purpose: The next start need not look at the names again.
// Parameters: $version INTEGER
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts'})
SET l.words_version = $version
