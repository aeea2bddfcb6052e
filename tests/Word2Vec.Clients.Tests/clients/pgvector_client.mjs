// PostgreSQL (PGlite) with pgvector: pgvector_client.mjs both BASE.copy WORDS FOLDER
// Reads BASE.copy and BASE.pgcopy and prints their answers, which must be the same; writes FOLDER/written.copy and FOLDER/written.pgcopy.
import { readFileSync, writeFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { answer, expect, madeVectors } from "./common.mjs";

const [, path, questions, folder] = process.argv.slice(2);
const database = new PGlite({ extensions: { vector } });
await database.exec("create extension vector");
const create = "drop table if exists vectors; create table vectors(id bigint primary key, word text not null, vector vector not null)";

async function answers(file, options) {
    await database.exec(create);
    await database.query(`copy vectors from '/dev/blob' ${options}`, [], { blob: new Blob([readFileSync(file)]) });
    const query = `select word, 1 - (vector <=> (select vector from vectors where word = $1)) as cosine from vectors
        where word != $1 order by cosine desc, id limit 10`;
    const found = [];
    for (const word of readFileSync(questions, "utf8").trim().split("\n"))
        found.push((await database.query(query, [word])).rows.map((row) => [row.word, Number(row.cosine)]));
    return found;
}

const text = await answers(path, "");
const binary = await answers(path.replace(/copy$/, "pgcopy"), "(format binary)");
if (JSON.stringify(text) !== JSON.stringify(binary))
    throw new Error("text and binary give other answers");
answer(text);

await database.exec(create);
const { words, rows, size } = madeVectors();
for (let i = 0; i < words.length; i++)
    await database.query("insert into vectors values($1, $2, $3)", [i + 1, words[i], `[${Array.from(rows.subarray(i * size, (i + 1) * size))}]`]);
for (const [name, options] of [["written.copy", ""], ["written.pgcopy", "(format binary)"]]) {
    const { blob } = await database.query(`copy (select * from vectors order by id) to '/dev/blob' ${options}`);
    writeFileSync(`${folder}/${name}`, Buffer.from(await blob.arrayBuffer()));
}
expect(folder, words, rows);
