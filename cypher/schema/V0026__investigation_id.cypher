// One investigation for each id
// Purpose: An investigation is found and held by its id.
// Access: schema
CYPHER 25
CREATE CONSTRAINT investigation_id IF NOT EXISTS FOR (i:Investigation) REQUIRE i.id IS UNIQUE
