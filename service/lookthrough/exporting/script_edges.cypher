CYPHER 25 UNWIND $rows AS row MATCH (owner:Entity {id: row.owner}) MATCH (owned:Entity {id: row.owned}) CREATE (owner)-[r:$(row.type)]->(owned) SET r = row.properties;
