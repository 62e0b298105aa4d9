// Entities whose names answer a question to the index
// Purpose: Candidates with their names, for the program to put in order.
// Parameters: $asked STRING, $most INTEGER
// Returns: id STRING, names LIST OF STRING
// Access: read
// Bounds: $most hits
CYPHER 25
CALL db.index.fulltext.queryNodes('names_standard', $asked, {limit: $most}) YIELD node AS e
RETURN e.id AS id, [name IN [e.name, e.name_original] + coalesce(e.aliases, []) WHERE name IS NOT NULL] AS names
