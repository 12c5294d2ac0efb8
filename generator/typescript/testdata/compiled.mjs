// Compiles the modules of small.yaml in the folder that is given with what old
// devices and servers need, runs them in Node, and checks ProblemError, whose
// class becomes a function. Each compiled package throws what the others know. The
// targets of tsc are given, too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import babel from "@babel/core";
import swc from "@swc/core";
import ts from "typescript";

const require = createRequire(import.meta.url);
const [folder, ...targets] = process.argv.slice(2);

const withBabel = (options) => (code, filename) => babel.transformSync(code, { ...options, filename, configFile: false, babelrc: false }).code;
const withSwc = (target) => (code, filename) => {
  const parser = { syntax: filename.endsWith(".ts") ? "typescript" : "ecmascript" };
  return swc.transformSync(code, { filename, swcrc: false, jsc: { target, parser }, module: { type: "commonjs" } }).code;
};
const withTsc = (target) => (code) => ts.transpileModule(code, { compilerOptions: { target, module: ts.ModuleKind.CommonJS } }).outputText;

const compilers = {
  "React Native": withBabel({ presets: ["@react-native/babel-preset"] }),
  "React Native, without runtime": withBabel({ presets: [["@react-native/babel-preset", { enableBabelRuntime: false }]] }),
  "preset-env": withBabel({ presets: ["@babel/preset-env"] }),
  "SWC, es5": withSwc("es5"),
  "SWC, es2015": withSwc("es2015"),
};
for (const target of targets) {
  compilers[`tsc, ${target}`] = withTsc(ts.ScriptTarget[target]);
}

const packages = [];
for (const [compiler, compile] of Object.entries(compilers)) {
  for (const file of ["index.js", "index.cjs", "index.ts"]) {
    if (compiler === "preset-env" && file === "index.ts") continue; // needs another preset
    const name = `${file} by ${compiler}`;
    try {
      packages.push([name, load(compile(readFileSync(join(folder, file), "utf8"), join(folder, file)))]);
    } catch (error) {
      fail(name, error);
    }
  }
}
for (const [name, shop] of packages) {
  await check(shop, packages[0][1]).catch((error) => fail(name, error));
}

function load(code) {
  const module = { exports: {} };
  new Function("module", "exports", "require", code)(module, module.exports, require);
  return module.exports;
}

function fail(name, error) {
  console.error(`${name}: ${error.stack}`);
  process.exitCode = 1;
}

async function check(shop, other) {
  const body = { code: "2209", title: "Wrong user id", status: 401, detail: "It is user-42", user_id: "user-42" };
  const problem = await shop.readProblem(new Response(JSON.stringify(body), { status: 401 }));
  assert.equal(problem.user_id, "user-42");
  assert.equal(shop.formatMessage(problem.code, problem), "Wrong user id. This user is already enrolled with user-42");

  const cause = new Error("cause");
  const error = new shop.ProblemError(problem, { cause });
  assert.equal(error.message, "2209: It is user-42");
  assert.equal(error.name, "ProblemError");
  assert.equal(error.problem, problem);
  assert.equal(error.cause, cause);
  assert.match(error.stack, /It is user-42\n +at /);
  assert.ok(error instanceof shop.ProblemError && error instanceof other.ProblemError && error instanceof Error);
  assert.ok(new other.ProblemError(problem) instanceof shop.ProblemError);
  assert.equal(Object.getPrototypeOf(error), shop.ProblemError.prototype);
  assert.ok(!(cause instanceof shop.ProblemError));
  assert.ok(!(problem instanceof shop.ProblemError));
  assert.throws(() => shop.ProblemError(problem), TypeError);

  class Special extends shop.ProblemError {}
  const special = new Special(problem);
  assert.ok(special instanceof Special && special instanceof shop.ProblemError);
  assert.ok(!(error instanceof Special));
  assert.equal(special.message, error.message);
}
