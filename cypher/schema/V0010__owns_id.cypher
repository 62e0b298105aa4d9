// No version of a stake is written twice (OWNS)
// Purpose: The id is a digest of what the version says.
// Access: schema
CYPHER 25
CREATE CONSTRAINT owns_id IF NOT EXISTS FOR ()-[r:OWNS]-() REQUIRE r.id IS UNIQUE
