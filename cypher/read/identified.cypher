// Entities with exactly this id or identifier
// Purpose: People paste an LEI or a register number, with its scheme or without, with blanks and signs or without.
// Parameters: $text STRING, $forms LIST OF MAP, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $limit entities
CYPHER 25
CALL () {
  MATCH (e:Entity {id: $text}) RETURN e.id AS id
  UNION
  UNWIND $forms AS form
  MATCH (e:Entity)-[:IDENTIFIED]->(i:Identifier {compact: form.value})
  WHERE form.scheme IN ['', i.scheme]
  RETURN e.id AS id
}
RETURN id
ORDER BY id
LIMIT $limit
