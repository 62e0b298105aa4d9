// Names are searched by pairs of Chinese characters
// Purpose: The server refuses two analyzers on one property, so the words stand in a second one.
// Access: schema
CYPHER 25
CREATE FULLTEXT INDEX names_cjk IF NOT EXISTS FOR (e:Entity) ON EACH [e.words_cjk] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
