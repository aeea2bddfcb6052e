// @huggingface/hub's reader of the header, and the rows and words by the format's rules: safetensors_client.mjs read FILE WORDS
import { readFileSync } from "node:fs";
import { parseSafetensorsMetadata } from "@huggingface/hub";
import { answer, nearest } from "./common.mjs";

const [, path, questions] = process.argv.slice(2);
const bytes = readFileSync(path);

// The reader asks a hub for ranges of bytes; here they come from the file.
async function fetchRange(url, options) {
    const [from, to] = (new Headers(options?.headers).get("range") ?? "bytes=0-").slice("bytes=".length).split("-");
    const end = Math.min(to ? Number(to) + 1 : bytes.length, bytes.length);
    return new Response(bytes.subarray(Number(from), end), {
        status: 206,
        headers: { ETag: '"v"', "Content-Range": `bytes ${from}-${end - 1}/${bytes.length}`, "Content-Length": String(end - Number(from)) },
    });
}

const { header } = await parseSafetensorsMetadata({ repo: "own/vectors", path: "v.safetensors", fetch: fetchRange });
const data = 8 + Number(bytes.readBigUInt64LE(0));
const tensor = (name) => Uint8Array.from(bytes.subarray(data + header[name].data_offsets[0], data + header[name].data_offsets[1]));
const [count, size] = header.vectors.shape;
const text = Buffer.from(tensor("vocab_utf8"));
const offsets = new BigInt64Array(tensor("vocab_offsets").buffer);
const words = Array.from({ length: count }, (_, i) => text.subarray(Number(offsets[i]), Number(offsets[i + 1])).toString("utf8"));
answer(nearest(words, new Float32Array(tensor("vectors").buffer), size, readFileSync(questions, "utf8").trim().split("\n")));
