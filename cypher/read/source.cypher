// Is there such a source
// Purpose: Tell a source that says nothing from a name that is misspelt.
// Parameters: $source STRING
// Returns: key STRING
// Access: read
// Bounds: one row at most
CYPHER 25
MATCH (s:Source {key: $source})
RETURN s.key AS key
