// Holds the TypeScript packages, in the folder that is the first argument, to the
// vectors in the second, and to what the Go packages have sent for each, which is
// on the standard input.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root, file] = process.argv.slice(2);
const vectors = JSON.parse(readFileSync(file));
const sent = JSON.parse(readFileSync(0));
assert.equal(sent.length, vectors.length);
const load = (name) => import(pathToFileURL(join(root, name, "index.mjs")));
const packages = { strings: await load("strings"), integers: await load("integers") };

vectors.forEach((vector, i) => {
  for (const [name, want] of [["strings", vector.string], ["integers", vector.integer]]) {
    const { parseProblem } = packages[name];
    try {
      const problem = parseProblem(`{"code":${vector.wire}}`);
      const [word, code] = want;
      assert.deepEqual([problem.code, problem.unknownCode], word === "known" ? [code, undefined] : [undefined, code]);
      // A value that JSON.parse has made is read as its text is.
      assert.deepEqual(parseProblem(JSON.parse(`{"code":${vector.wire}}`)), problem);
      if (word === "known") {
        assert.equal(JSON.stringify(JSON.parse(JSON.stringify(problem)).code), JSON.stringify(sent[i][name].code));
        assert.equal(parseProblem(sent[i][name]).code, code);
      }
      // The other package reads what this one has sent.
      for (const other of Object.values(packages)) {
        const passed = other.parseProblem(JSON.stringify(problem));
        assert.equal(String(passed.code ?? passed.unknownCode), String(code));
      }
    } catch (error) {
      console.error(`${name}: ${vector.wire}: ${error.stack}`);
      process.exitCode = 1;
    }
  }
});
