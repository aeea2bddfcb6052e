// What the scripts share: vectors to write, the nearest by cosine, and the answer.
import { writeFileSync } from "node:fs";

/** The nearest by cosine, in double precision; rows lie one after another. */
export function nearest(words, rows, size, questions, count = 10) {
    const unit = words.map((_, i) => {
        const row = Float64Array.from(rows.subarray(i * size, (i + 1) * size));
        const norm = Math.hypot(...row);
        return row.map((value) => value / norm);
    });
    const ids = new Map(words.map((word, i) => [word, i]));
    return questions.map((question) => {
        const asked = ids.get(question);
        return unit
            .map((row, i) => [words[i], i === asked ? -2 : row.reduce((sum, value, k) => sum + value * unit[asked][k], 0)])
            .sort((a, b) => b[1] - a[1])
            .slice(0, count);
    });
}

export function answer(answers) {
    process.stdout.write(JSON.stringify(answers));
}

/** Words, some outside ASCII, with vectors of few digits, which every client reads to the same float; the same each time. */
export function madeVectors(count = 200, size = 21) {
    const words = Array.from({ length: count }, (_, i) => `${i % 3 ? "wört" : "word"}${i}`);
    const rows = Float32Array.from({ length: count * size }, (_, i) => Math.round(Math.sin(i * 12.9898) * ((i % 7) + 1) * 16) / 16);
    return { words, rows, size };
}

export function expect(folder, words, rows) {
    writeFileSync(`${folder}/expected.words`, words.map((word) => word + "\n").join(""));
    writeFileSync(`${folder}/expected.floats`, Buffer.from(rows.buffer));
}
