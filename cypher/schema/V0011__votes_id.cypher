// No version of a stake is written twice (VOTES)
// Purpose: The id is a digest of what the version says.
// Access: schema
CYPHER 25
CREATE CONSTRAINT votes_id IF NOT EXISTS FOR ()-[r:VOTES]-() REQUIRE r.id IS UNIQUE
