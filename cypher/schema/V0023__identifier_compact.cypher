// Identifiers are found without blanks and signs
// Purpose: People write CHE-123.456.789 in more than one way.
// Access: schema
CYPHER 25
CREATE INDEX identifier_compact IF NOT EXISTS FOR (i:Identifier) ON (i.compact)
