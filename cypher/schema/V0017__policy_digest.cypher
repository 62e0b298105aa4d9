// A policy is kept once
// Purpose: The digest covers the document and all it refers to.
// Access: schema
CYPHER 25
CREATE CONSTRAINT policy_digest IF NOT EXISTS FOR (p:Policy) REQUIRE p.digest IS UNIQUE
