// Lists are found by key
// Purpose: One node a list.
// Access: schema
CYPHER 25
CREATE CONSTRAINT list_key IF NOT EXISTS FOR (l:List) REQUIRE l.key IS UNIQUE
