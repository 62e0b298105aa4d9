CYPHER 25 UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e += row.properties, e:$(row.label);
