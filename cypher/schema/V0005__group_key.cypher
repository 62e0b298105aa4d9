// Groups are found by key
// Purpose: One node a declared group.
// Access: schema
CYPHER 25
CREATE CONSTRAINT group_key IF NOT EXISTS FOR (g:Group) REQUIRE g.key IS UNIQUE
