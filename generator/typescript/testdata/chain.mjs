// Sends the problems of each package below the folder that is given through all
// pairs and many triples of the packages, which have the same codes. The first
// catalog has no types.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root, count] = process.argv.slice(2);
const packages = [];
for (let i = 0; i < Number(count); i++) packages.push(await import(pathToFileURL(join(root, `c${i}`, "index.mjs"))));
const values = { string: "a", integer: 7, number: 0.5, boolean: true, datetime: "2026-01-31T12:00:00Z", duration: "1m0s", "string[]": ["b"], "integer[]": [1] };

/** What the packages make of a body, one after the other, and which of them knows it. */
function chain(readers, body, again) {
  let problem = body;
  for (const reader of readers) {
    problem = reader.parseProblem(problem);
    if (problem.code !== undefined) return { problem, reader };
    problem = again(problem);
  }
  return { problem };
}

const same = (problem) => problem;
let chains = 0;
for (const [i, owner] of packages.entries()) {
  for (const code of owner.errorCodes()) {
    const params = Object.fromEntries(Object.entries(owner.paramTypes(code)).map(([name, type]) => [name, values[type]]));
    const made = { ...owner.problemOf(code, params), instance: "/7", errors: [owner.fieldErrorOf({ pointer: "/a" }, code, params)] };
    const { body } = owner.responseOf(made);
    assert.deepEqual(owner.parseProblem(body), made);
    const bare = JSON.stringify({ ...JSON.parse(body), code: undefined });
    for (const variant of [body, JSON.parse(body), body.slice(0, -1), bare]) {
      const isBare = variant === bare;
      const want = owner.parseProblem(variant);
      for (const [j, other] of packages.entries()) {
        const read = other.parseProblem(variant);
        if (i > 0 && i !== j) {
          assert.equal(read.code, undefined, `${made.type} is read by c${j}`);
          // Without a code, a type may look like an unknown code of the other catalog.
          if (want.code === code && !isBare) assert.ok((read.errors ?? []).every((e) => e.code === undefined));
          assert.equal(other.isProblem(made), false);
          assert.equal(other.handle(made, { [code]: () => "handled" }, () => "not"), "not");
          if (variant === body) assert.deepEqual(JSON.parse(other.responseOf(read).body), JSON.parse(body));
        }
        for (const readers of [[other, owner], [owner, other], [other, packages[(i * 7 + j) % packages.length], owner]]) {
          for (const again of [same, (p) => structuredClone(p), (p) => JSON.parse(JSON.stringify(p))]) {
            const { problem, reader } = chain(readers, variant, again);
            chains++;
            // Without a type, the first that knows the code takes it.
            if (want.code === undefined || i === 0) assert.equal(reader, want.code === undefined ? undefined : readers[0]);
            else assert.equal(reader, owner);
            if (reader === owner && !(isBare && again !== same)) assert.deepEqual(problem, want);
          }
        }
      }
    }
  }
}
assert.ok(chains > 10_000, `only ${chains} chains`);
