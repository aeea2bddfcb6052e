// PostgreSQL (PGlite) with pgvector: pgvector_client.mjs read|write FILE WORDS|FOLDER; a file that ends with .pgcopy is binary
import { readFileSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { answer, expect, madeVectors } from "./common.mjs";

const [what, path, other] = process.argv.slice(2);
const options = path.endsWith(".pgcopy") ? "(format binary)" : "";
const database = new PGlite({ extensions: { vector } });
await database.exec("create extension vector; create table vectors(id bigint primary key, word text not null, vector vector not null)");
if (what === "read") {
    await database.query(`copy vectors from '/dev/blob' ${options}`, [], { blob: new Blob([readFileSync(path)]) });
    const query = `select word, 1 - (vector <=> (select vector from vectors where word = $1)) as cosine from vectors
        where word != $1 order by cosine desc limit 10`;
    const answers = [];
    for (const word of readFileSync(other, "utf8").trim().split("\n"))
        answers.push((await database.query(query, [word])).rows.map((row) => [row.word, Number(row.cosine)]));
    answer(answers);
} else {
    const { words, rows, size } = madeVectors();
    for (let i = 0; i < words.length; i++)
        await database.query("insert into vectors values($1, $2, $3)", [i + 1, words[i], `[${Array.from(rows.subarray(i * size, (i + 1) * size))}]`]);
    const { blob } = await database.query(`copy (select * from vectors order by id) to '/dev/blob' ${options}`);
    writeFileSync(path, Buffer.from(await blob.arrayBuffer()));
    expect(other, words, rows);
}
