// Entities and stakes, as nodes and relationships: for an empty database. Run it in Neo4j Browser or cypher-shell.
CYPHER 25 CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;
