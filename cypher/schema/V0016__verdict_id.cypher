// No verdict is stored twice
// Purpose: The id is a digest of what the verdict says.
// Access: schema
CYPHER 25
CREATE CONSTRAINT verdict_id IF NOT EXISTS FOR (v:Verdict) REQUIRE v.verdict_id IS UNIQUE
