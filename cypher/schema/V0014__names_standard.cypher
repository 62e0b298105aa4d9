// Names are searched by word
// Purpose: Full text over every name, words as they are.
// Access: schema
CYPHER 25
CREATE FULLTEXT INDEX names_standard IF NOT EXISTS FOR (e:Entity) ON EACH [e.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
