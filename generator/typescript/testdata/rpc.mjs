// Runs the package rpc below the folder that is given, whose codes are numbers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(root, name, "index.mjs")));
const rpc = await load("rpc");
const other = await load("other");
const { parseProblem, isProblem, readProblem, resolveCode, formatMessage, ProblemError } = rpc;

const unknown = { type: "about:blank", title: "", status: 0 };

const tests = {
  "a code is a number, also if it arrives as its digits"() {
    for (const [text, code] of [
      ["-32700", -32700], ['"-32700"', -32700], ["-3.27e4", -32700], ["-32700.0", -32700], ["0", 0], ["-0", 0], ['"0"', 0], ["1e-999", 0], ["-32099", -32600], ['"7"', -32600],
      ["9007199254740991", 9007199254740991], ['"9007199254740991"', 9007199254740991], ["-9007199254740991", -9007199254740991],
    ]) {
      const problem = parseProblem(`{"code":${text}}`);
      assert.deepEqual(problem, { ...unknown, code }, text);
      assert.ok(Object.is(problem.code, code), text);
      assert.ok(isProblem(problem));
    }
    assert.ok(Object.is(parseProblem({ code: -0 }).code, 0));
  },

  "a code that the catalog does not have is unknown"() {
    for (const [text, unknownCode] of [
      ["12345", 12345], ['"12345"', 12345], ["-2", -2], ["9007199254740990", 9007199254740990],
      // None of these is a number as a server writes it.
      ['"E42"', "E42"], ['"-32700 "', "-32700 "], ['"007"', "007"], ['"+5"', "+5"], ['"5.0"', "5.0"], ['"0x5"', "0x5"], ['"-0"', "-0"], ['"1e3"', "1e3"], ['"NaN"', "NaN"],
      ['"Infinity"', "Infinity"], ['" "', " "], ['"9007199254740992"', "9007199254740992"], ['"__proto__"', "__proto__"], ['"constructor"', "constructor"],
    ]) {
      const problem = parseProblem(`{"code":${text}}`);
      assert.deepEqual(problem, { ...unknown, unknownCode }, text);
      assert.ok(isProblem(problem));
      assert.deepEqual(parseProblem(problem), problem);
    }
    for (const text of ["1.5", "9007199254740992", "-9007199254740992", "1e300", "1e999", "true", "null", "[0]", "{}", '""']) {
      assert.deepEqual(parseProblem(`{"code":${text}}`), unknown, text);
    }
    for (const wrong of [{ code: "0" }, { code: 7 }, { code: null }, { unknownCode: "5" }, { unknownCode: "" }, { unknownCode: null }, { unknownCode: 1.5 }]) {
      assert.equal(isProblem({ ...unknown, ...wrong }), false, JSON.stringify(wrong));
    }
  },

  "resolveCode takes numbers and their digits"() {
    for (const value of ["", " ", "0x5", "05", "5.0", "+5", "-0", "1e0", "E42", "NaN", "Infinity", NaN, Infinity, 0.5, 1e300, "__proto__", "toString", "length"]) {
      assert.equal(resolveCode(value), undefined, String(value));
      assert.equal(rpc.httpStatus(value), undefined);
    }
    assert.ok(Object.is(resolveCode(-0), 0));
    assert.equal(rpc.title(0), "Nothing happened");
    assert.equal(rpc.errorInfo("-32099").code, -32600);
  },

  "code 0 is a code"() {
    const error = new ProblemError(parseProblem({ code: 0, status: 409, detail: "Nothing happened" }));
    assert.equal(error.message, "0: Nothing happened");
    assert.equal(new ProblemError(parseProblem({ code: 12345 })).message, "12345");
    assert.equal(new ProblemError(parseProblem({ code: "E42", title: "T" })).message, "E42: T");
    assert.equal(new ProblemError(parseProblem({ status: 502, title: "T" })).message, "502: T");
    assert.equal(new ProblemError(parseProblem({ title: "T" })).message, "T");
    assert.equal(new ProblemError(parseProblem("")).message, "unknown problem");
    assert.equal(formatMessage(0), "Nothing happened");
  },

  "params belong to their code"() {
    const problem = parseProblem('{"code":"-32601","method":"sum","attempts":9007199254740993}');
    assert.deepEqual(problem, { ...unknown, code: -32601, method: "sum", attempts: 0 });
    assert.deepEqual(rpc.missingParams(problem), ["attempts"]);
    assert.equal(formatMessage(problem.code, problem), "Method sum not found");
    assert.equal(parseProblem({ code: 5 }).seconds, 0);
  },

  "the order is that of the catalog, which objects do not keep"() {
    assert.deepEqual(rpc.errorCodes(), [-32700, -32600, -32601, -32603, 5, 0, -1, 9007199254740991, -9007199254740991]);
  },

  async "a response is read"() {
    const response = { status: 400, statusText: "", text: async () => '{"code":-32700}' };
    assert.deepEqual(await readProblem(response), { type: "about:blank", title: "Bad Request", status: 400, code: -32700 });
  },

  "a package with strings reads numbers of another one, and the other way round"() {
    assert.equal(other.parseProblem({ code: 2209 }).code, "2209");
    const problem = other.parseProblem({ code: -32700 });
    assert.equal(problem.unknownCode, "-32700");
    assert.equal(parseProblem({ ...problem, code: problem.unknownCode }).code, -32700);
    assert.equal(parseProblem({ code: "shop/payment-failed" }).unknownCode, "shop/payment-failed");
  },
};

for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
