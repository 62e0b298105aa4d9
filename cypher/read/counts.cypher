// How much is in the graph
// Purpose: Entities, current versions of stakes, and the version of the server.
// Returns: entities INTEGER, stakes INTEGER, server STRING
// Access: read
// Bounds: one row; counts come from the store's statistics where they can
CYPHER 25
CALL dbms.components() YIELD name, versions, edition
WITH name + ' ' + versions[0] + ' ' + edition AS server LIMIT 1
RETURN COUNT { (:Entity) } AS entities,
  COUNT { ()-[:OWNS]->() } + COUNT { ()-[:VOTES]->() } + COUNT { ()-[:APPOINTS]->() } + COUNT { ()-[:CONTROLS]->() } AS stakes,
  server
