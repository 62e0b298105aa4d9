// No version of a stake is written twice (APPOINTS)
// Purpose: The id is a digest of what the version says.
// Access: schema
CYPHER 25
CREATE CONSTRAINT appoints_id IF NOT EXISTS FOR ()-[r:APPOINTS]-() REQUIRE r.id IS UNIQUE
