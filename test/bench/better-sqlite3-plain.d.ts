/** better-sqlite3 itself, the peer of the benches, beside the encrypted one that the program uses. */
declare module 'better-sqlite3-plain' {
  import Database = require('better-sqlite3');

  export = Database;
}
