// How many nodes of each label and relationships of each type there are
// Purpose: Compare a restored database with its backup.
// Returns: kind STRING, name STRING, number INTEGER
// Access: read
// Bounds: one row a label and a type
CYPHER 25
CALL () {
  MATCH (n) WHERE NOT n:Migration
  UNWIND labels(n) AS name
  RETURN 'nodes' AS kind, name, count(*) AS number
  UNION ALL
  MATCH ()-[r]->()
  RETURN 'relationships' AS kind, type(r) AS name, count(*) AS number
}
RETURN kind, name, number
