// Places orders, and prints what the client in graphql.ts says about the errors.
import { explain } from "./graphql.js";

const [url, ...products] = process.argv.slice(2);
const query = "mutation($p: Product!) { placeOrder(product: $p) { product } }";

for (const p of products) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables: { p } }),
  });
  const { errors } = await response.json();
  console.log(JSON.stringify(errors.map(explain)));
}
