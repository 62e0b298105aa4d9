// Sources are found by key
// Purpose: One node a source.
// Access: schema
CYPHER 25
CREATE CONSTRAINT source_key IF NOT EXISTS FOR (s:Source) REQUIRE s.key IS UNIQUE
