// Names and identifiers of entities, page by page
// Purpose: What is indexed of a name is made of it by the program; where that has changed, it is made anew. Removing what older programs indexed also keeps others from changing the names meanwhile.
// Parameters: $after STRING, $limit INTEGER
// Returns: id STRING, names LIST OF STRING, told LIST OF MAP, identifiers LIST OF STRING
// Access: write
// Bounds: $limit entities
CYPHER 25
MATCH (e:Entity)
WHERE e.id > $after
WITH e ORDER BY e.id LIMIT $limit
REMOVE e.words_cjk
RETURN e.id AS id,
  [name IN [e.name, e.name_original] + coalesce(e.aliases, []) WHERE name IS NOT NULL] AS names,
  COLLECT {
    MATCH (e)-[d:DESCRIBED]->()
    RETURN {key: elementId(d), names: [name IN [d.name, d.name_original] + coalesce(d.aliases, []) WHERE name IS NOT NULL]}
  } AS told,
  COLLECT { MATCH (e)-[:IDENTIFIED]->(i) RETURN i.key } AS identifiers
ORDER BY id
