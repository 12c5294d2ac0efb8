import * as shop from "./number/index.js";

/** Returns what a user can do about the error of a call. */
export function explain(error: unknown): string {
  const problem = shop.fromConnectError(error);
  if (problem === undefined) {
    return "try again later"; // no error of the catalog
  }
  switch (problem.code) {
    case shop.OUT_OF_STOCK:
      return `only ${problem.left} of ${problem.product} left`;
    default:
      return shop.messageOf(problem);
  }
}
