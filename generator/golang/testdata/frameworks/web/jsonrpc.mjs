// Pays, and prints what the client in jsonrpc.ts says about the errors.
import { explain } from "./jsonrpc.js";

const [url, ...pins] = process.argv.slice(2);

for (const [id, pin] of pins.entries()) {
  const params = { amount: 200, pin };
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id, method: "Pay", params }),
  });
  const { error } = await response.json();
  console.log(error.code, JSON.stringify(explain(error)));
}
