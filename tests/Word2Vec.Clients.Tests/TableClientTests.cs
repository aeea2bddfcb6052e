using Word2Vec.Formats;

namespace Word2Vec.Clients.Tests;

/// <summary>Clients of files that are tables: SQLite, PostgreSQL, DuckDB.</summary>
public class TableClientTests(SmallWorld world) : ClientTest(world)
{
    [ClientFact("python:sqlite3", "python:numpy", "node:sqlite-vec")]
    public void Sqlite_vec_reads_what_we_write() => AssertClientAgrees("sqlite_client.py", "read", "v.sqlite", extra: Client.NodeModules);

    [ClientFact("python:sqlite3", "python:numpy")]
    public void We_read_what_SQLite_writes() => AssertWeReadTheClient("sqlite_client.py", "write", "v.db", extra: Client.NodeModules);

    [ClientFact("node:@duckdb/node-api")]
    public void DuckDB_reads_what_we_write() => AssertClientAgrees("duckdb_client.mjs", "read", "v.parquet");

    [ClientTheory("node:@duckdb/node-api")]
    [InlineData("uncompressed")]
    [InlineData("snappy")]
    [InlineData("gzip")]
    public void We_read_what_DuckDB_writes(string compression) => AssertWeReadTheClient("duckdb_client.mjs", $"write-{compression}", "v.parquet");

    // One database for both forms and both ways: it takes longer to start than to answer.
    [ClientFact("node:@electric-sql/pglite", "node:@electric-sql/pglite-pgvector")]
    public void Pgvector_reads_what_we_write_and_we_read_what_it_writes()
    {
        VectorFile.Save(World.Vectors, PathOf("v.pgcopy"));
        AssertClientAgrees("pgvector_client.mjs", "both", "v.copy", extra: PathOf(""));
        AssertReads("written.copy");
        AssertReads("written.pgcopy");
    }
}
