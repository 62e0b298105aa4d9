// Names are searched as each source told them
// Purpose: A search at an earlier instant finds the names of that time.
// Access: schema
CYPHER 25
CREATE FULLTEXT INDEX names_told IF NOT EXISTS FOR ()-[d:DESCRIBED]-() ON EACH [d.name, d.name_original, d.aliases] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
