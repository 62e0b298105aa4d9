// Entities that are named but not described
// Purpose: An id in a stake, a location or a list that no row describes becomes an entity of kind unknown.
// Parameters: $rows LIST OF MAP, $instant ZONED DATETIME
// Returns: id STRING
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
ON CREATE SET e:Unknown, e.kind = 'unknown', e.name = row.id, e.words = row.words, e.implied_by = $instant
WITH e WHERE e.implied_by = $instant
RETURN e.id AS id
