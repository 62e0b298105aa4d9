// Nodes need no number any more
// Purpose: What was needed for restoring goes.
// Access: schema
CYPHER 25
DROP CONSTRAINT restored_id IF EXISTS
