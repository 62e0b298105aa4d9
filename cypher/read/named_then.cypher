// Entities by the names that sources told at an instant
// Purpose: Names that were withdrawn or replaced since are found as they were; a name that is just the text comes first.
// Parameters: $text STRING, $words STRING, $phrase STRING, $known_at ZONED DATETIME, $most INTEGER, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $most hits of each search, $limit entities
CYPHER 25
CALL () {
  CALL db.index.fulltext.queryRelationships('names_told', $words, {limit: $most}) YIELD relationship, score
  RETURN relationship, score
  UNION ALL
  CALL db.index.fulltext.queryRelationships('names_told', $phrase, {limit: $most}) YIELD relationship, score
  RETURN relationship, score
}
WITH relationship AS d, max(score) AS score
WHERE d.known_from <= $known_at AND (d.known_to IS NULL OR d.known_to > $known_at)
WITH startNode(d).id AS id, max(score) AS score,
  max(toLower($text) IN [toLower(d.name), toLower(d.name_original)]) AS same,
  max(toLower(d.name) STARTS WITH toLower($text) OR d.name_original STARTS WITH $text) AS begins
RETURN id
ORDER BY same DESC, begins DESC, score DESC, id
LIMIT $limit
