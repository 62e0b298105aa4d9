// Names are searched as each source told them
// Purpose: A search at an earlier instant finds the names of that time, by the same words as the names of now.
// Access: schema
CYPHER 25
CREATE FULLTEXT INDEX names_then IF NOT EXISTS FOR ()-[d:DESCRIBED]-() ON EACH [d.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
