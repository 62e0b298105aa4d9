// Identifiers are found by value alone
// Purpose: People paste an LEI without saying what it is.
// Access: schema
CYPHER 25
CREATE INDEX identifier_value IF NOT EXISTS FOR (i:Identifier) ON (i.value)
