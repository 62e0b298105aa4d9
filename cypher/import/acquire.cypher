// Take the loader's lock
// Purpose: One load at a time; a lock that was not renewed, or whose holder is known to be gone, is taken over.
// Parameters: $holder STRING, $held_by STRING, $gone LIST OF STRING, $seconds INTEGER
// Returns: taken BOOLEAN, held_by STRING, held_until ZONED DATETIME
// Access: write
// Bounds: one node
CYPHER 25
MATCH (l:Ledger {key: 'facts'})
SET l.touched = datetime()
WITH l, l.holder IN ['', $holder] OR l.held_until < datetime() OR l.held_by IN $gone AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET l.holder = $holder, l.held_by = $held_by, l.held_until = datetime() + duration({seconds: $seconds}))
RETURN free AS taken, l.held_by AS held_by, l.held_until AS held_until
