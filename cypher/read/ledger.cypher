// The state of the facts
// Purpose: When the facts last changed, how often, and whether a load was left unfinished.
// Returns: version INTEGER, last_change ZONED DATETIME, unfinished LIST OF STRING
// Access: read
// Bounds: one row
CYPHER 25
OPTIONAL MATCH (l:Ledger {key: 'facts'})
RETURN l.version AS version, l.last_change AS last_change,
  COLLECT { MATCH (run:Load) WHERE run.finished IS NULL RETURN run.id ORDER BY run.id } AS unfinished
