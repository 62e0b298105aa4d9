// Empty texts of stakes
// Purpose: The offline importer drops empty texts; most stakes have no holding.
// Access: write
// Bounds: 10,000 relationships a transaction
CYPHER 25
MATCH ()-[r:OWNS|VOTES|APPOINTS|CONTROLS]->()
WHERE r.holding IS NULL
CALL (r) { SET r.holding = '' } IN TRANSACTIONS OF 10000 ROWS
