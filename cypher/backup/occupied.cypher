// Is anything in the database
// Purpose: A backup is restored into an empty database only; its schema and a ledger without changes are nothing.
// Returns: labels LIST OF STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (n)
WHERE NOT n:Migration AND NOT (n:Ledger AND n.version = 0)
RETURN labels(n) AS labels
LIMIT 1
