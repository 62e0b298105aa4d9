// Entities by name
// Purpose: Names in any script; a name that is just the text comes first, then the best match.
// Parameters: $text STRING, $words STRING, $phrase STRING, $most INTEGER, $skip INTEGER, $limit INTEGER
// Returns: id STRING
// Access: read
// Bounds: $most hits of each index, $limit entities
CYPHER 25
CALL () {
  CALL db.index.fulltext.queryNodes('names_standard', $words, {limit: $most}) YIELD node, score
  RETURN node, score
  UNION ALL
  CALL db.index.fulltext.queryNodes('names_cjk', $phrase, {limit: $most}) YIELD node, score
  RETURN node, score
}
WITH node, max(score) AS score
WITH node, score,
  toLower($text) IN [toLower(node.name), toLower(coalesce(node.name_original, ''))] AS same,
  toLower(node.name) STARTS WITH toLower($text) OR coalesce(node.name_original, '') STARTS WITH $text AS begins
RETURN node.id AS id
ORDER BY same DESC, begins DESC, score DESC, id
SKIP $skip
LIMIT $limit
