// One import for each id
// Purpose: An import is found by its id.
// Access: schema
CYPHER 25
CREATE CONSTRAINT import_id IF NOT EXISTS FOR (i:Import) REQUIRE i.id IS UNIQUE
