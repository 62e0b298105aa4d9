// No version of a stake is written twice (CONTROLS)
// Purpose: The id is a digest of what the version says.
// Access: schema
CYPHER 25
CREATE CONSTRAINT controls_id IF NOT EXISTS FOR ()-[r:CONTROLS]-() REQUIRE r.id IS UNIQUE
