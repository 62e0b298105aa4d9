// Every relationship
// Purpose: A backup keeps all relationships, whatever their types.
// Returns: start INTEGER, end INTEGER, type STRING, properties MAP
// Access: read
// Bounds: streamed, nothing is sorted or gathered
CYPHER 25
MATCH (a)-[r]->(b)
RETURN toInteger(split(elementId(a), ':')[2]) AS start, toInteger(split(elementId(b), ':')[2]) AS end,
  type(r) AS type, properties(r) AS properties
