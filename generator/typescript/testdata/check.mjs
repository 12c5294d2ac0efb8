// Runs the compiled packages below the folder that is given, and compares them
// with the expected.json of each.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

// What our own comments link to.
const ours = ["formPath", "missingParams", "parseProblem", "readProblem"];

const [root] = process.argv.slice(2);
for (const entry of readdirSync(join(root, "packages"), { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const { name } = entry;
  const source = join(root, "packages", name);
  const expected = JSON.parse(readFileSync(join(source, "expected.json")));
  const index = ["index.js", "index.mjs"].map((file) => join(source, file)).find(existsSync);
  try {
    const actual = await import(pathToFileURL(index ?? join(root, "compiled", "packages", name, "index.js")));
    checkValues(actual, expected);
    if (index) await checkTwins(join(source, "index.cjs"), actual);
    for (const module of readdirSync(source)) {
      if (/\.[cm]?ts$/.test(module)) checkComments(join(source, module), expected);
      const twin = /(\.m?js|\.d\.[cm]?ts)$/.test(module) && module.replace(/\.[cm](?=[jt]s$)/, ".");
      if (index && twin) checkEmit(join(source, module), join(root, "compiled", "twins", name, twin));
    }
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}

/** Compares CommonJS with the ES module, as require returns it and as Node finds its names. */
async function checkTwins(file, actual) {
  const required = createRequire(import.meta.url)(file);
  assert.ok(required.__esModule);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(actual));
  const imported = Object.keys(await import(pathToFileURL(file)));
  assert.deepEqual(imported.filter((name) => name !== "default" && name !== "module.exports" && name !== "__esModule"), Object.keys(actual));
  for (const [name, value] of Object.entries(required)) {
    if (typeof value === "function") assert.equal(String(value), String(actual[name]));
    else assert.deepEqual(value, actual[name]);
  }
}

/** Compares JavaScript and declarations with what the compiler has made of the TypeScript. */
function checkEmit(ours, theirs) {
  const [got, want] = [printed(ours), printed(theirs)];
  let at = 0;
  while (at < got.length && got[at] === want[at]) at++;
  assert.ok(got === want, `${ours}: ${got.slice(at - 50, at + 50)}, not ${want.slice(at - 50, at + 50)}`);
}

/** A file without what our layout and that of the compiler differ in. */
function printed(file) {
  const text = readFileSync(file, "utf8").replace("/* eslint-disable */", "").replace(/(from "\.\/\w+)\.[cm]js"/g, '$1.js"');
  if (file.endsWith("js")) {
    const compilerOptions = { target: "es2021", module: "esnext", removeComments: true };
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    return outputText.replace(/^( *)"(\d+(\.\d+)?)": /gm, "$1$2: ");
  }
  // What hides the types that are not exported may stand anywhere.
  const hides = text.includes("export {};");
  const words = text.replace("export {};", "").replace(/^ *\/\/.*/gm, "").replace(/\s+/g, "");
  return hides + words.replace(/[;,]([)\]}])/g, "$1").replace(/([=[(:])\|/g, "$1");
}

/** Compares what the package exports. */
function checkValues(actual, expected) {
  const functions = [
    "aliases", "categories", "category", "errorCodes", "errorInfo", "format", "formatMessage", "isErrorCode", "links", "message", "resolution", "resolveCode", "retry", "retryAfter", "severity", "title",
  ];
  if (expected.http) {
    functions.push(
      "ProblemError", "assertNever", "fieldErrorOf", "formPath", "handle", "httpStatus", "isProblem", "messageOf", "missingParams", "paramTypes", "parseProblem", "pointerKeys", "problemOf",
      "readProblem", "responseOf", "toResponse", "typeURI",
    );
  }
  if (expected.grpc) functions.push("fromConnectError");
  if (expected.metadata) functions.push("metadata");
  if (expected.fallback !== undefined) functions.push("fallback");
  assert.equal(actual.fallback, expected.fallback);
  if (expected.translations) functions.push("formatParams");
  for (const name of functions) assert.ok(name in actual, name);
  const constants = Object.keys(actual).filter((k) => !functions.includes(k));
  assert.deepEqual(constants.sort(), Object.keys(expected.constants).sort());
  for (const [name, code] of Object.entries(expected.constants)) {
    assert.equal(actual[name], code);
  }

  // Every value of every column.
  for (const info of expected.catalog) {
    assert.deepEqual(actual.errorInfo(info.code), info);
    assert.equal(actual.message(info.code), expected.messages[info.code]);
    assert.deepEqual(actual.aliases(info.code), info.aliases ?? []);
    const details = new Map(Object.entries(expected.details)).get(String(info.code));
    assert.equal(actual.resolution(info.code) ?? "", details.resolution);
    assert.deepEqual(actual.links(info.code), details.links);
  }
  assert.deepEqual(actual.errorCodes(), expected.catalog.map((info) => info.code));
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
    // A string that is a number is one, if codes are numbers.
    const resolved = known.get(code) ?? (String(Number(code)) === code ? known.get(Number(code)) : undefined);
    assert.equal(actual.resolveCode(code), resolved, code);
    assert.equal(actual.resolveCode(String(code)), resolved, code);
    assert.equal(actual.errorInfo(code)?.code, resolved, code);
    // Aliases have facts only after resolveCode.
    const isCode = resolved !== undefined && String(resolved) === String(code);
    const info = isCode ? actual.errorInfo(code) : undefined;
    if (expected.http) assert.equal(actual.httpStatus(code), info?.httpStatus);
    for (const column of ["title", "category", "retry", "retryAfter", "severity"]) {
      assert.equal(actual[column](code), info?.[column], `${column} of ${code}`);
    }
    assert.equal(actual.message(code), isCode ? expected.messages[code] : undefined);
    if (expected.metadata) assert.deepEqual(actual.metadata(code), info?.metadata);
    assert.equal(actual.isErrorCode(code), resolved === code, code);
  }
  for (const name of functions.filter((name) => expected.http ? name === "httpStatus" : name === "title")) {
    assert.equal(actual[name](actual.resolveCode(undefined)), undefined);
  }
  for (const value of [undefined, null, 0, NaN, {}, [], ["2205"], Symbol(), new String("2205")]) {
    assert.equal(actual.isErrorCode(value), known.has(value));
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
        if (node.declarationList) deprecated.push(node.declarationList.declarations[0].name.text);
      }
      const texts = [doc, ...(doc.tags ?? [])].flatMap((d) => d.comment ?? []);
      for (const link of texts.filter((t) => ts.isJSDocLink?.(t))) {
        const name = link.name?.getText();
        assert.ok(Object.hasOwn(expected.constants, name) || ours.includes(name), `a link in ${doc.getText()}`);
      }
    }
    ts.forEachChild(node, visit);
  })(source);
  if (/(codes|index)(\.d)?\.[cm]?ts$/.test(file) && source.text.includes("function errorCodes")) {
    assert.deepEqual(deprecated.sort(), expected.deprecated.sort());
  }
}
