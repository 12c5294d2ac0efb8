import * as shop from "./errors/index.js";

/** An error of a response, as every client of GraphQL has it. */
interface GraphQLError {
  message: string;
  extensions?: unknown;
}

/** Returns what a user can do about an error. */
export function explain(error: GraphQLError): string {
  const problem = shop.parseProblem(error.extensions);
  switch (problem.code) {
    case shop.OUT_OF_STOCK:
      return `only ${problem.left} of ${problem.product} left`;
    case undefined: // of gqlgen, or of a newer server
      return error.message;
    default:
      return shop.messageOf(problem);
  }
}
