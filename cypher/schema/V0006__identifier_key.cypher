// Identifiers are found by scheme and value
// Purpose: One node an identifier.
// Access: schema
CYPHER 25
CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (i:Identifier) REQUIRE i.key IS UNIQUE
