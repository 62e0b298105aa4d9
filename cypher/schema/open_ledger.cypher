// Open the ledger
// Purpose: The one node that counts changes of the facts; made with the schema so that readers find it.
// Returns: words INTEGER
// Access: write
// Bounds: one node
CYPHER 25
MERGE (l:Ledger {key: 'facts'})
ON CREATE SET l.version = 0, l.holder = '', l.held_by = '', l.held_until = datetime({epochSeconds: 0})
RETURN l.words_version AS words
