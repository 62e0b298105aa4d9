// Switch a suspected fact
// Purpose: Let it count where the investigation asks what if, or not, or take it back; what it says stays readable.
// Parameters: $id STRING, $number INTEGER, $state STRING
// Returns: number INTEGER
// Access: write
// Bounds: one fact
CYPHER 25
MATCH (:Investigation {id: $id})-[:SUSPECTS]->(f:SuspectedFact {number: $number})
SET f.state = $state
RETURN f.number AS number
