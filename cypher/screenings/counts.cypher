// How the rows of a screening came out
// Purpose: How many rows have which outcome and reason; of a row without a verdict the outcome is null.
// Parameters: $id STRING
// Returns: outcome STRING, reason STRING, count INTEGER
// Access: read
// Bounds: one row a pair of outcome and reason
CYPHER 25
MATCH (:Screening {id: $id})-[:HAS]->(r:ScreeningRow)
RETURN r.outcome AS outcome, r.reason AS reason, count(*) AS count
ORDER BY outcome, reason
