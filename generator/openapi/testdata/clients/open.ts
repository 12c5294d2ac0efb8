import { readFileSync } from "node:fs";
import { deepStrictEqual } from "node:assert";
import type { components } from "./ot.js";
import * as orval from "./orval.js";
import * as hey from "./hey/index.js";

type Problem = components["schemas"]["Problem"];
type RpcProblem = components["schemas"]["RpcProblem"];
const bodies: { createJob: Problem[]; makeCall: RpcProblem[] } = JSON.parse(
  readFileSync(0, "utf8"),
);
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
  const read: Problem[] = [byOrval.data, error];
  for (const p of read) {
    deepStrictEqual(p, body);
    const code: string | undefined = p.code;
    if (code === "2209") {
      const params = p as components["schemas"]["WrongUserIDParams"];
      if (params.user_id !== "user-42") throw new Error("no params");
    }
  }
}
for (const body of bodies.makeCall) {
  answer(body);
  const byOrval = await orval.makeCall();
  const { error } = await hey.makeCall({ baseUrl });
  if (byOrval.status === 204 || error === undefined)
    throw new Error("no problem");
  const read: RpcProblem[] = [byOrval.data, error];
  for (const p of read) {
    deepStrictEqual(p, body);
    const code: number | undefined = p.code;
    if (code === -32700) {
      const params = p as components["schemas"]["RpcParseParams"];
      if (params.line === undefined) throw new Error("no params");
    }
  }
}
console.log(bodies.createJob.length + bodies.makeCall.length, "problems");
