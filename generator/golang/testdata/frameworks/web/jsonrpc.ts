import * as wallet from "./wallet/index.js";

/** The error of a response. */
interface JSONRPCError {
  code: number;
  message: string;
  data?: unknown;
}

/** Returns what a user can do about an error. */
export function explain(error: JSONRPCError): string {
  const problem = wallet.parseProblem(error.data);
  switch (problem.code) {
    case wallet.LOW_BALANCE:
      return `pay ${problem.balance} at most`;
    case undefined: // of the protocol, or of a newer server
      return error.message;
    default:
      return wallet.messageOf(problem);
  }
}
