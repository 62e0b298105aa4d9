// Entities that are named but not described
// Purpose: An id in a stake, a location or a list that no row describes becomes an entity of kind unknown.
// Parameters: $ids LIST OF STRING, $instant ZONED DATETIME
// Returns: id STRING
// Access: write
// Bounds: one batch
CYPHER 25
UNWIND $ids AS id
MERGE (e:Entity {id: id})
ON CREATE SET e:Unknown, e.kind = 'unknown', e.name = id, e.words = id, e.words_cjk = id, e.implied_by = $instant
WITH e WHERE e.implied_by = $instant
RETURN e.id AS id
