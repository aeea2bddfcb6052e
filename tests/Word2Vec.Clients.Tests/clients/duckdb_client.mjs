// DuckDB: duckdb_client.mjs read|write-zip FILE WORDS|FOLDER, where zip is uncompressed, snappy or gzip
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { answer, expect, madeVectors } from "./common.mjs";

const [what, path, other] = process.argv.slice(2);
const database = await (await DuckDBInstance.create()).connect();
const rowsOf = async (query) => (await database.runAndReadAll(query)).getRowsJS();
if (what === "read") {
    const answers = [];
    for (const word of readFileSync(other, "utf8").trim().split("\n")) {
        const asked = `(select vector from '${path}' where word = '${word.replaceAll("'", "''")}')`;
        answers.push(await rowsOf(`select word, list_cosine_similarity(vector, ${asked})::double as cosine from '${path}'
            where word != '${word.replaceAll("'", "''")}' order by cosine desc limit 10`));
    }
    answer(answers);
} else {
    const { words, rows, size } = madeVectors();
    await database.run("create table vectors(word varchar, vector float[])");
    for (let i = 0; i < words.length; i += 50) {
        const values = words.slice(i, i + 50).map((word, k) => `('${word}', [${Array.from(rows.subarray((i + k) * size, (i + k + 1) * size))}]::float[])`);
        await database.run(`insert into vectors values ${values.join(", ")}`);
    }
    await database.run(`copy vectors to '${path}' (format parquet, compression ${what.slice("write-".length)})`);
    expect(other, words, rows);
}
