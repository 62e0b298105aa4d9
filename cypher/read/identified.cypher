// Entities with exactly this id or identifier
// Purpose: People paste an LEI or a register number, with its scheme or without.
// Parameters: $text STRING, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $limit entities
CYPHER 25
CALL () {
  MATCH (e:Entity {id: $text}) RETURN e, 0 AS place
  UNION ALL
  MATCH (e:Entity)-[:IDENTIFIED]->(i:Identifier) WHERE i.value IN [$text, toUpper($text)] RETURN e, 1 AS place
  UNION ALL
  MATCH (e:Entity)-[:IDENTIFIED]->(i:Identifier) WHERE i.key IN [$text, toLower(split($text, ':')[0]) + ':' + toUpper(split($text, ':')[1])] RETURN e, 2 AS place
}
WITH e.id AS id, min(place) AS place
RETURN id
ORDER BY place, id
LIMIT $limit
