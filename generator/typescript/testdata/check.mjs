// Runs the compiled packages below the folder that is given, and compares them
// with the expected.json of each.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript-5";

const [root] = process.argv.slice(2);
for (const entry of readdirSync(join(root, "packages"), { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const { name } = entry;
  const source = join(root, "packages", name);
  const expected = JSON.parse(readFileSync(join(source, "expected.json")));
  const compiled = join(root, "compiled", "packages", name, "index.js");
  try {
    checkValues(await import(pathToFileURL(compiled)), expected);
    for (const module of ["codes", "types", "catalog", "index"]) {
      checkComments(join(source, `${module}.ts`), expected);
    }
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}

/** Compares what the package exports. */
function checkValues(actual, expected) {
  const functions = ["catalog", "categories", "errorInfo", "isErrorCode", "resolveCode"];
  const constants = Object.keys(actual).filter((k) => !functions.includes(k));
  assert.deepEqual(constants.sort(), Object.keys(expected.constants).sort());
  for (const [name, code] of Object.entries(expected.constants)) {
    assert.equal(actual[name], code);
  }

  // As pairs: JSON.parse and literals disagree about __proto__.
  assert.deepEqual(
    new Map(Object.entries(actual.catalog)),
    new Map(expected.catalog.map((info) => [info.code, info])),
  );
  assert.equal(Object.getPrototypeOf(actual.catalog), Object.prototype);
  assert.deepEqual(
    Object.entries(actual.categories).map(([k, v]) => [k, v.title]).sort(),
    expected.categories.sort(),
  );

  const known = new Map(expected.catalog.map((info) => [info.code, info.code]));
  for (const { code, aliases } of expected.catalog) {
    for (const alias of aliases ?? []) known.set(alias, code);
  }
  const foreign = [
    "", " ", "no such code", "__proto__", "constructor", "toString", "valueOf",
    "hasOwnProperty", "isPrototypeOf", "__defineGetter__", "0", "length",
  ];
  for (const code of [...known.keys(), ...foreign]) {
    const resolved = known.get(code);
    assert.equal(actual.resolveCode(code), resolved, code);
    assert.equal(actual.errorInfo(code)?.code, resolved, code);
    assert.equal(actual.isErrorCode(code), resolved === code, code);
  }
  for (const value of [undefined, null, 0, {}, [], ["2205"], Symbol(), new String("2205")]) {
    assert.equal(actual.isErrorCode(value), false);
  }
}

/** Looks for tags that a text of the catalog has smuggled into a comment. */
function checkComments(file, expected) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  assert.deepEqual(source.parseDiagnostics, []);
  for (const line of source.commentDirectives ?? []) {
    assert.fail(`${file}: a directive to the compiler: ${JSON.stringify(line)}`);
  }
  const deprecated = [];
  (function visit(node) {
    for (const doc of node.jsDoc ?? []) {
      for (const tag of doc.tags ?? []) {
        assert.equal(tag.tagName.text, "deprecated", `a tag in ${doc.getText()}`);
        deprecated.push(node.declarationList?.declarations[0].name.text);
      }
      const texts = [doc, ...(doc.tags ?? [])].flatMap((d) => d.comment ?? []);
      for (const link of texts.filter((t) => ts.isJSDocLink?.(t))) {
        assert.ok(Object.hasOwn(expected.constants, link.name?.getText()), `a link in ${doc.getText()}`);
      }
    }
    ts.forEachChild(node, visit);
  })(source);
  if (file.endsWith("codes.ts")) {
    assert.deepEqual(deprecated.sort(), expected.deprecated.sort());
  }
}
