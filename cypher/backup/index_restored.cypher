// Find nodes by their number in the backup
// Purpose: While a backup is restored, relationships find their ends.
// Access: schema
CYPHER 25
CREATE CONSTRAINT restored_id IF NOT EXISTS FOR (n:Restored) REQUIRE n.backup_id IS UNIQUE
