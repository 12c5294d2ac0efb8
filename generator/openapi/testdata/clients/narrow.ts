import { readFileSync } from "node:fs";
import { deepStrictEqual } from "node:assert";
import type { components } from "./ot.js";
import * as orval from "./orval.js";
import * as hey from "./hey/index.js";

type Problem = components["schemas"]["ProblemUnion"];
type RpcProblem = components["schemas"]["RpcProblemUnion"];

// The compiler knows the params of a code, and rejects those of another one, and a
// code that is not in the catalog.
function ofTypescript(p: Problem): string {
  switch (p.code) {
    case "2209": {
      const id: string = p.user_id;
      // @ts-expect-error: a param of another error
      const job: string = p.job_id;
      return id + job;
    }
    // @ts-expect-error: no error has this code
    case "9":
      return "";
    default:
      return p.title;
  }
}
function ofOrval(p: orval.ProblemUnion): string {
  switch (p.code) {
    case "2209": {
      const id: string = p.user_id;
      // @ts-expect-error: a param of another error, or of any type
      const job: string = p.job_id;
      return id + job;
    }
    // @ts-expect-error: no error has this code
    case "9":
      return "";
    default:
      return p.title;
  }
}
function ofHey(p: hey.ProblemUnion): string {
  switch (p.code) {
    case "2209": {
      const id: string = p.user_id;
      // @ts-expect-error: a param of another error, or of any type
      const job: string = p.job_id;
      return id + job;
    }
    // @ts-expect-error: no error has this code
    case "9":
      return "";
    default:
      return p.title;
  }
}
function ofRpc(
  p: RpcProblem | orval.RpcProblemUnion | hey.RpcProblemUnion,
): string | number {
  switch (p.code) {
    case -32700:
      return p.line;
    case -32702: {
      // @ts-expect-error: a param of another error, or of any type
      const line: number = p.line;
      return p.field + line;
    }
    default:
      return p.title;
  }
}

const bodies: {
  createJob: { status: number }[];
  makeCall: { status: number }[];
} = JSON.parse(readFileSync(0, "utf8"));
const baseUrl = "http://localhost";

function answer(body: { status: number }): void {
  globalThis.fetch = async () =>
    new Response(JSON.stringify(body), {
      status: body.status,
      headers: { "Content-Type": "application/problem+json" },
    });
}

for (const body of bodies.createJob) {
  answer(body);
  const byOrval = await orval.createJob();
  const { error } = await hey.createJob({ baseUrl });
  if (byOrval.status === 204 || error === undefined)
    throw new Error("no problem");
  deepStrictEqual([byOrval.data, error], [body, body]);
  const problem: Problem = error;
  deepStrictEqual(ofOrval(byOrval.data), ofTypescript(problem));
  deepStrictEqual(ofHey(error), ofTypescript(problem));
}
for (const body of bodies.makeCall) {
  answer(body);
  const byOrval = await orval.makeCall();
  const { error } = await hey.makeCall({ baseUrl });
  if (byOrval.status === 204 || error === undefined)
    throw new Error("no problem");
  deepStrictEqual([byOrval.data, error], [body, body]);
  deepStrictEqual(ofRpc(byOrval.data), ofRpc(error));
}
console.log(bodies.createJob.length + bodies.makeCall.length, "problems");
