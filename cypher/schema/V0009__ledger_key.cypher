// There is one ledger
// Purpose: Counts the changes of the facts and holds the lock of the loader.
// Access: schema
CYPHER 25
CREATE CONSTRAINT ledger_key IF NOT EXISTS FOR (l:Ledger) REQUIRE l.key IS UNIQUE
