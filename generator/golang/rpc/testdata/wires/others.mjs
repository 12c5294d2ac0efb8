// Calls the server with connect-es 1, grpc-web and grpc-js, and compares the problems
// in the errors with those of HTTP.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { MethodKind, StringValue } from "@bufbuild/protobuf";
import { createPromiseClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import {
  createConnectTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-web";
import grpc from "@grpc/grpc-js";

import * as shop from "./errors/index.js";

const baseUrl = "http://" + process.argv[2];
const path = "/test.Errors/Unary";
const serialize = (value) => Buffer.from(new StringValue({ value }).toBinary());
const deserialize = (bytes) => StringValue.fromBinary(bytes).value;

/** Returns a function that calls the server and returns the error. */
function connect(transport) {
  const unary = {
    name: "Unary",
    I: StringValue,
    O: StringValue,
    kind: MethodKind.Unary,
  };
  const service = { typeName: "test.Errors", methods: { unary } };
  const client = createPromiseClient(service, transport);
  return (value) =>
    client.unary({ value }).then(
      () => undefined,
      (error) => error,
    );
}

function grpcJS() {
  const Client = grpc.makeGenericClientConstructor({
    unary: {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: serialize,
      responseDeserialize: deserialize,
    },
  });
  const client = new Client(
    baseUrl.slice("http://".length),
    grpc.credentials.createInsecure(),
  );
  return (value) => new Promise((resolve) => client.unary(value, resolve));
}

function grpcWeb() {
  // As much of it as grpc-web needs.
  globalThis.XMLHttpRequest = class {
    headers = {};
    readyState = 0;
    open(method, url) {
      Object.assign(this, { method, url, readyState: 1 });
    }
    setRequestHeader(name, value) {
      this.headers[name] = value;
    }
    getResponseHeader(name) {
      return this.received.get(name);
    }
    getAllResponseHeaders() {
      return [...this.received].map((pair) => pair.join(": ")).join("\r\n");
    }
    abort() {}
    async send(body) {
      const { method, headers } = this;
      const response = await fetch(this.url, { method, headers, body });
      this.received = response.headers;
      this.status = response.status;
      this.response = await response.arrayBuffer();
      this.readyState = 4;
      this.onreadystatechange();
    }
  };
  const web = createRequire(import.meta.url)("grpc-web");
  const client = new web.GrpcWebClientBase({ format: "binary" });
  const method = new web.MethodDescriptor(
    path,
    web.MethodType.UNARY,
    String,
    String,
    serialize,
    deserialize,
  );
  return (value) =>
    new Promise((resolve) =>
      client.rpcCall(baseUrl + path, value, {}, method, resolve),
    );
}

const clients = {
  connect: connect(createConnectTransport({ baseUrl })),
  "connect over gRPC-Web": connect(createGrpcWebTransport({ baseUrl })),
  "connect over gRPC": connect(
    createGrpcTransport({ baseUrl, httpVersion: "2" }),
  ),
  "grpc-js": grpcJS(),
  "grpc-web": grpcWeb(),
};
const names = [
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
for (const [client, call] of Object.entries(clients)) {
  for (const name of names) {
    const response = await fetch(
      baseUrl + "/problem?of=" + encodeURIComponent(name),
    );
    const want = await shop.readProblem(response);
    const got = shop.fromConnectError(await call(name));
    assert.deepEqual(got, want, `${client}: ${name}`);
  }
}
console.log("ok");
process.exit(0); // connections are still open
