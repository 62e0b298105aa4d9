// Lists that have members on record
// Purpose: A rule about a list that was never loaded would find nobody on it; the answer must say so.
// Parameters: $keys LIST OF STRING, $known_at ZONED DATETIME
// Returns: key STRING
// Access: read
// Bounds: one row a key at most
CYPHER 25
UNWIND $keys AS key
MATCH (l:List {key: key})
WHERE EXISTS { MATCH (l)<-[r:LISTED]-() WHERE r.known_from <= $known_at AND (r.known_to IS NULL OR r.known_to > $known_at) }
RETURN key
