// Entities are found by id
// Purpose: One node an entity; Community Edition has uniqueness constraints only.
// Access: schema
CYPHER 25
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE
