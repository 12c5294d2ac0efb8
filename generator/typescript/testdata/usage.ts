// What an application does with the package of small.yaml, and what the
// compiler must refuse.
import {
  CART_EXPIRED,
  catalog,
  categories,
  errorInfo,
  isErrorCode,
  NOT_AUTHORIZED,
  ORDER_CHANGED,
  PAYMENT_FAILED,
  resolveCode,
  UNAUTHORISED,
  WRONG_USER_ID,
  type ErrorCategory,
  type ErrorCode,
  type ErrorInfo,
  type ErrorParams,
  type ErrorRetry,
  type Problem,
  type ProblemOf,
  type UnknownProblem,
} from "./small/index.js";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;
function assert<_T extends true>(): void {}

// Constants are literals, and a former name is the same code.
assert<Equal<typeof WRONG_USER_ID, "2209">>();
assert<Equal<typeof UNAUTHORISED, typeof NOT_AUTHORIZED>>();
assert<Equal<ErrorCategory, "authorization" | "orders" | "system">>();
assert<Equal<ErrorRetry, "never" | "safe" | "after">>();
const code: ErrorCode = "shop/payment-failed";
// @ts-expect-error: an alias is not a code
const alias: ErrorCode = "2405";
// @ts-expect-error: an internal code is not among the public ones
const internal: ErrorCode = "5001";

// A check of the code leaves the problem of that error.
export function show(problem: Problem): string {
  // @ts-expect-error: not every problem has a user_id
  problem.user_id;
  if (problem.code === WRONG_USER_ID) {
    assert<Equal<typeof problem.user_id, string>>();
    // @ts-expect-error: the param of another error
    problem.order_id;
    return problem.user_id;
  }
  if (problem.code === "shop/payment-failed") {
    assert<Equal<typeof problem.items, readonly string[]>>();
    assert<Equal<typeof problem.is_final, boolean>>();
    // @ts-expect-error: a sensitive param never arrives
    problem.card_number;
    // @ts-expect-error: params are not written to
    problem.amount = 1;
    return `${problem.amount * 2} ${problem.item_numbers[0] ?? 0} ${problem.due.slice(0, 4)}`;
  }
  if (problem.code !== undefined) {
    // @ts-expect-error: those two were handled above
    problem.code === WRONG_USER_ID;
    return catalog[problem.code].title;
  }
  const unknown: UnknownProblem = problem;
  return `${unknown.unknownCode ?? "no code"} ${String(unknown["retry_in"])}`;
}

// A switch over all codes leaves UnknownProblem, whatever is added to it.
export function advice(problem: Problem): ErrorRetry {
  switch (problem.code) {
    case NOT_AUTHORIZED:
    case WRONG_USER_ID:
    case CART_EXPIRED:
    case "3002":
    case "5000":
      return "never";
    case ORDER_CHANGED:
      return "safe";
    case PAYMENT_FAILED:
      return problem.attempts > 3 ? "never" : "after";
    default:
      assert<Equal<typeof problem, UnknownProblem>>();
      return "never";
  }
}

// Where a code is forgotten, the compiler says so.
export function incomplete(problem: Problem): void {
  switch (problem.code) {
    case NOT_AUTHORIZED:
    case WRONG_USER_ID:
      return;
    default:
      // @ts-expect-error: PAYMENT_FAILED and others are left
      problem satisfies UnknownProblem;
  }
}

// The problem of one code can be named.
export function retryPayment(problem: ProblemOf<typeof PAYMENT_FAILED>): number {
  return problem.status + problem.attempts;
}
declare const some: Problem;
if (some.code === PAYMENT_FAILED) retryPayment(some);
// @ts-expect-error: it could be any problem
else retryPayment(some);

// A function of a code and its params takes just those.
declare function format<C extends ErrorCode>(
  code: C,
  ...params: C extends keyof ErrorParams ? [params: ErrorParams[C]] : []
): string;
format(NOT_AUTHORIZED);
format(WRONG_USER_ID, { user_id: "user-42" });
if (some.code === WRONG_USER_ID) format(some.code, some);
// @ts-expect-error: the params are missing
format(WRONG_USER_ID);
// @ts-expect-error: user_id is a string
format(WRONG_USER_ID, { user_id: 42 });
// @ts-expect-error: there is no such param
format(WRONG_USER_ID, { user_id: "user-42", user: "42" });
// @ts-expect-error: the error has no params
format(NOT_AUTHORIZED, {});

// Lookups of text from elsewhere may find nothing; those of a code do not.
assert<Equal<ReturnType<typeof resolveCode>, ErrorCode | undefined>>();
declare const text: string;
const info: ErrorInfo | undefined = errorInfo(text);
// @ts-expect-error: the text may be no code
errorInfo(text).title;
errorInfo(code).title satisfies string;
if (isErrorCode(text)) catalog[text].httpStatus satisfies number;
// @ts-expect-error: the text may be no code
catalog[text];
// @ts-expect-error: the catalog is not written to
catalog[code] = errorInfo(code);
categories.orders.title satisfies string;
info?.deprecated?.replacedBy satisfies ErrorCode | undefined;
void [alias, internal];
