// Empty texts of claims about entities
// Purpose: The offline importer drops empty texts; a claim has each of these, be it empty.
// Access: write
// Bounds: 10,000 relationships a transaction
CYPHER 25
MATCH ()-[c:LOCATED|LISTED|ACTS_IN|SAME_AS]->()
WHERE c.ref IS NULL OR c.url IS NULL OR c.note IS NULL
CALL (c) {
  SET c.ref = coalesce(c.ref, ''), c.url = coalesce(c.url, ''), c.note = coalesce(c.note, '')
} IN TRANSACTIONS OF 10000 ROWS
