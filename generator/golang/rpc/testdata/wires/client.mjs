// Calls the server with connect-es over Connect and gRPC-Web, and compares the
// problems in the errors with those of HTTP.
import assert from "node:assert/strict";
import { inspect } from "node:util";

import { create } from "@bufbuild/protobuf";
import { createFileRegistry } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-web";

import { explain } from "./orders.js";

const [, , address, modules] = process.argv;
const baseUrl = "http://" + address;
const shop = await import(modules);

const file = create(FileDescriptorProtoSchema, {
  name: "errors.proto",
  package: "test",
  syntax: "proto3",
  dependency: ["google/protobuf/wrappers.proto"],
  service: [
    {
      name: "Errors",
      method: [
        {
          name: "Unary",
          inputType: ".google.protobuf.StringValue",
          outputType: ".google.protobuf.StringValue",
        },
      ],
    },
  ],
});
const registry = createFileRegistry(file, (name) =>
  name === "google/protobuf/wrappers.proto"
    ? file_google_protobuf_wrappers.proto
    : undefined,
);
const service = registry.getService("test.Errors");

async function failure(client, value) {
  try {
    await client.unary({ value });
  } catch (error) {
    return error;
  }
  throw new Error(value + " does not fail");
}

const same = [
  "code",
  "params",
  "every type",
  "zero",
  "sensitive",
  "retry",
  "internal",
  "fields",
  "params of fields",
];
for (const transport of [createConnectTransport, createGrpcWebTransport]) {
  const client = createClient(service, transport({ baseUrl }));
  for (const name of same) {
    const error = await failure(client, name);
    assert(error instanceof ConnectError);
    const response = await fetch(
      baseUrl + "/problem?of=" + encodeURIComponent(name),
    );
    const want = await shop.readProblem(response);
    const got = shop.fromConnectError(error);
    assert.deepEqual(got, want, name);
    assert(shop.isProblem(got), name);
    assert.deepEqual(shop.missingParams(got), shop.missingParams(want), name);
    assert(!inspect(got, { depth: 9 }).includes("10.0.0.7"));
  }

  const retry = await failure(client, "retry");
  assert.equal(retry.code, Code.ResourceExhausted);
  assert.equal(shop.fromConnectError(retry).retryAfter, 5);

  const fields = shop.fromConnectError(await failure(client, "fields")).errors;
  assert.equal(shop.formPath(fields[0].pointer), "items[3].name");
  assert.equal(fields[0].code, shop.ORDER_CLOSED);

  const params = await failure(client, "params");
  assert.equal(explain(params), "only 2 of P-17 left");
  assert.equal(explain(await failure(client, "code")), "The order is closed");
  assert.equal(explain(new Error("offline")), "try again later");

  // Of a newer server: an error under another name, and one that is not known.
  const renamed = shop.fromConnectError(await failure(client, "renamed"));
  assert.equal(renamed.code, shop.OUT_OF_STOCK);
  assert.equal(renamed.left, 3);
  assert.equal(renamed.shelf, "B");
  const unknown = shop.fromConnectError(await failure(client, "unknown"));
  assert.equal(unknown.code, undefined);
  assert.equal(unknown.unknownCode, "1099");
  assert.equal(unknown.detail, "Order 5 was lost");

  const inFields = shop.fromConnectError(
    await failure(client, "renamed in fields"),
  );
  assert.equal(inFields.errors[0].code, shop.OUT_OF_STOCK);
  assert.equal(inFields.errors[0].params.product, "P-17");

  // What was left out is named.
  const large = shop.fromConnectError(await failure(client, "too large"));
  assert.equal(large.product, "");
  assert.equal(large["omitted-params"], "product");

  assert.equal(
    shop.fromConnectError(await failure(client, "foreign")),
    undefined,
  );
  const other = shop.fromConnectError(await failure(client, "other"));
  assert(other === undefined || other.code === shop.INTERNAL);
}

// An error of grpc-web or grpc-js has the status in its metadata.
const info = await failure(
  createClient(service, createConnectTransport({ baseUrl })),
  "params of fields",
);
const text = (s) => [...new TextEncoder().encode(s)];
const sized = (number, bytes) => {
  const size = bytes.length;
  const varint = size < 128 ? [size] : [(size % 128) + 128, size >> 7];
  return [number * 8 + 2, ...varint, ...bytes];
};
const status = [
  ...sized(2, text(info.rawMessage)),
  ...info.details.flatMap(({ type, value }) =>
    sized(3, [
      ...sized(1, text("type.googleapis.com/" + type)),
      ...sized(2, [...value]),
    ]),
  ),
];
const base64 = Buffer.from(status).toString("base64");
const key = "grpc-status-details-bin";
const want = shop.fromConnectError(info);
for (const metadata of [
  { [key]: base64 },
  { [key]: base64.replace(/=+$/, "") },
  { get: (name) => (name === key ? [Buffer.from(status)] : []) },
]) {
  assert.deepEqual(shop.fromConnectError({ code: 9, metadata }), want);
}

// Whatever a server sends, Go and TypeScript read the same.
const read = await (await fetch(baseUrl + "/statuses")).json();
assert(read.length > 30);
for (const { Status, Problem, RetryAfter } of read) {
  const facts = RetryAfter > 0 ? { retryAfter: RetryAfter } : {};
  assert.deepEqual(
    shop.fromConnectError({ metadata: { [key]: Status } }),
    Problem === "" ? undefined : shop.parseProblem(Problem, facts),
    Buffer.from(Status, "base64").toString(),
  );
}

// What is no error of the catalog, or none at all, gives undefined.
const loop = new Proxy(
  {},
  {
    get() {
      throw new Error("no");
    },
  },
);
for (const value of [
  undefined,
  null,
  0,
  "error",
  new Error("error"),
  loop,
  {},
  { details: [] },
  { details: "P-17" },
  { details: [null, 1, {}, { type: "google.rpc.ErrorInfo" }] },
  { metadata: { [key]: "***" } },
  { metadata: { [key]: "" } },
  { metadata: { [key]: 1 } },
  { metadata: { get: () => loop } },
]) {
  assert.equal(shop.fromConnectError(value), undefined);
}

// Damaged bytes never throw, and never become another error.
for (let i = 0; i < status.length; i++) {
  for (const change of [(b) => b ^ 255, (b) => b ^ 1, () => 255]) {
    const damaged = status.map((b, at) => (at === i ? change(b) : b));
    const metadata = { get: () => [Uint8Array.from(damaged)] };
    const got = shop.fromConnectError({ metadata });
    assert(got === undefined || shop.isProblem(got));
  }
  const metadata = { get: () => [Uint8Array.from(status.slice(0, i))] };
  const got = shop.fromConnectError({ metadata });
  assert(got === undefined || shop.isProblem(got));
}
console.log("ok");
