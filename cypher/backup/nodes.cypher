// Every node
// Purpose: A backup keeps all nodes, whatever their labels; applied migrations belong to the database itself.
// Returns: id INTEGER, labels LIST OF STRING, properties MAP
// Access: read
// Bounds: streamed, nothing is sorted or gathered
CYPHER 25
MATCH (n)
WHERE NOT n:Migration
RETURN toInteger(split(elementId(n), ':')[2]) AS id, labels(n) AS labels, properties(n) AS properties
