// Loads are found by id
// Purpose: One node a load of files; its instant is what every fact in it carries.
// Access: schema
CYPHER 25
CREATE CONSTRAINT load_id IF NOT EXISTS FOR (l:Load) REQUIRE l.id IS UNIQUE
