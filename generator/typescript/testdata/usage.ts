// What an application does with the package of small.yaml, and what the
// compiler must refuse.
import {
  aliases,
  CART_EXPIRED,
  categories,
  errorCodes,
  errorInfo,
  isErrorCode,
  NOT_AUTHORIZED,
  ORDER_CHANGED,
  PAYMENT_FAILED,
  assertNever,
  fallback,
  fieldErrorOf,
  format,
  formatMessage,
  formPath,
  handle,
  httpStatus,
  isProblem,
  messageOf,
  missingParams,
  parseProblem,
  pointerKeys,
  ProblemError,
  problemOf,
  readProblem,
  resolveCode,
  message,
  metadata,
  responseOf,
  toResponse,
  typeURI,
  retry,
  retryAfter,
  severity,
  title,
  category,
  UNAUTHORISED,
  WRONG_USER_ID,
  type ErrorCategory,
  type ErrorCode,
  type ErrorInfo,
  type ErrorMetadata,
  type ErrorParams,
  type ErrorRetry,
  type ErrorSeverity,
  type Problem,
  type ProblemOf,
  type ResponseLike,
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

// Metadata have their types; internal ones are not among them.
const facts: ErrorMetadata = errorInfo(code).metadata;
assert<Equal<typeof facts.kind, "caller" | "bank" | "us">>();
assert<Equal<typeof facts.exit_status, number | undefined>>();
assert<Equal<typeof facts.shown, boolean | undefined>>();
assert<Equal<typeof facts.docs, string | undefined>>();
assert<Equal<typeof facts.teams, readonly string[] | undefined>>();
// @ts-expect-error: metadata of the audience internal
facts.runbook;
// @ts-expect-error: not a value of the enumeration
facts.kind === "nobody";
// @ts-expect-error: metadata are not written to
facts.kind = "us";

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
    return title(problem.code);
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
  return problem.status + Number(problem.attempts);
}
declare const some: Problem;
if (some.code === PAYMENT_FAILED) retryPayment(some);
// @ts-expect-error: it could be any problem
else retryPayment(some);

// A message takes just the params of its code.
formatMessage(NOT_AUTHORIZED);
formatMessage(WRONG_USER_ID, { user_id: "user-42" });
if (some.code === WRONG_USER_ID) formatMessage(some.code, some);
// @ts-expect-error: the params are missing
formatMessage(WRONG_USER_ID);
// @ts-expect-error: user_id is a string
formatMessage(WRONG_USER_ID, { user_id: 42 });
// @ts-expect-error: there is no such param
formatMessage(WRONG_USER_ID, { user_id: "user-42", user: "42" });
// @ts-expect-error: the error has no params
formatMessage(NOT_AUTHORIZED, {});
// @ts-expect-error: an alias is not a code
formatMessage("2405");
// @ts-expect-error: it may be a code that has params
formatMessage(code as ErrorCode);
declare const one: typeof WRONG_USER_ID | typeof NOT_AUTHORIZED;
// @ts-expect-error: one of the two has params
formatMessage(one);
declare const two: typeof WRONG_USER_ID | typeof PAYMENT_FAILED;
formatMessage(two, { ...payment, user_id: "user-42" });
// @ts-expect-error: the params of both are needed
formatMessage(two, payment);

// A message needs no params if there is a problem.
messageOf(some) satisfies string;
const german: Record<ErrorCode, string> = {} as Record<ErrorCode, string>;
if (some.code !== undefined) format(german[some.code], some) satisfies string;

// A table has functions for some codes, each with the problem of its code.
export function explain(problem: Problem): string {
  return handle(
    problem,
    {
      [WRONG_USER_ID]: (p) => p.user_id,
      [PAYMENT_FAILED]: ({ attempts }) => attempts.toFixed(),
      [ORDER_CHANGED]: (p) => title(p.code),
    },
    (p) => p.title,
  );
}
// @ts-expect-error: there is no such code
handle(some, { "2405": () => "" }, () => "");
// @ts-expect-error: the param of another error
handle(some, { [WRONG_USER_ID]: (p) => p.attempts }, () => 0);
// @ts-expect-error: the results differ
handle(some, { [WRONG_USER_ID]: () => 1 }, () => "");

// The elements of errors have codes and params of their own.
export function fields(problem: Problem): readonly string[] {
  return (problem.errors ?? []).map((e) => {
    const place = e.pointer ?? e.parameter ?? e.header ?? "";
    if (e.code === WRONG_USER_ID) return place + e.params.user_id;
    // @ts-expect-error: the error has no params
    if (e.code === NOT_AUTHORIZED) return e.params;
    return e.code === undefined ? String(e["more"]) : place + e.detail;
  });
}

// A problem is made of a code and its params.
declare const payment: ErrorParams[typeof PAYMENT_FAILED];
problemOf(NOT_AUTHORIZED) satisfies Problem;
problemOf(PAYMENT_FAILED, payment).attempts satisfies number;
export const sent: Problem = {
  ...problemOf(WRONG_USER_ID, { user_id: "user-42" }),
  instance: "/7",
  errors: [
    fieldErrorOf({ pointer: "/user_id" }, WRONG_USER_ID, { user_id: "a" }),
    fieldErrorOf({ header: "X-Sign" }, NOT_AUTHORIZED),
    { parameter: "page", detail: "must be a number" },
  ],
};
// @ts-expect-error: the params are missing
problemOf(WRONG_USER_ID);
// @ts-expect-error: the error has no params
problemOf(NOT_AUTHORIZED, {});
// @ts-expect-error: an alias is not a code
problemOf("2405");
// @ts-expect-error: user_id is missing
fieldErrorOf({ pointer: "" }, WRONG_USER_ID, {});
responseOf(sent).headers satisfies Readonly<Record<string, string>>;
assert<Equal<ReturnType<typeof toResponse>, unknown>>(); // without the DOM
typeURI(code) satisfies string;
fallback satisfies ErrorCode;
assert<Equal<typeof fallback, "5000">>();

// What is known of a response comes from other clients than fetch.
parseProblem("", { status: 404, retryAfter: null, title: undefined });
parseProblem("", { retryAfter: "120", date: null });
// @ts-expect-error: there is no such fact
parseProblem("", { headers: {} });
missingParams(some) satisfies readonly string[];
formPath("/items/3/name") satisfies string;
pointerKeys("/items/3/name") satisfies readonly (string | number)[];

// A switch that handles all codes, and what has none, leaves nothing.
export function summary(problem: Problem): string {
  switch (problem.code) {
    case NOT_AUTHORIZED:
    case CART_EXPIRED:
    case ORDER_CHANGED:
    case "3002":
    case "5000":
      return title(problem.code);
    case WRONG_USER_ID:
    case PAYMENT_FAILED:
      return problem.detail ?? formatMessage(WRONG_USER_ID, { user_id: "" });
    case undefined:
      return problem.unknownCode ?? "no code";
    default:
      return assertNever(problem);
  }
}
export function forgetful(problem: Problem): string {
  switch (problem.code) {
    case undefined:
      return "no code";
    default:
      // @ts-expect-error: there are codes left
      return assertNever(problem);
  }
}

// What comes from elsewhere is a problem when it has been looked at.
export async function load(url: URL, fetch: Fetch): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new ProblemError(await readProblem(response), { cause: url });
  return response.json();
}
type Fetch = (url: URL) => Promise<ResponseLike & { ok: boolean; json(): Promise<unknown> }>;
interface URL {
  readonly href: string;
}
export function caught(error: unknown): number | string {
  if (!(error instanceof ProblemError)) return "another error";
  const { problem } = error;
  assert<Equal<typeof problem, Problem>>();
  if (problem.code === PAYMENT_FAILED) {
    assert<Equal<typeof problem.attempts, number>>();
    return Math.max(problem.attempts + 1, problem.item_numbers[0] ?? 0);
  }
  problem.errors?.[0]?.pointer satisfies string | undefined;
  problem.retryAfter satisfies number | undefined;
  error.code satisfies ErrorCode | undefined;
  error.status satisfies number;
  return problem.detail ?? problem.title;
}
declare const parsed: unknown;
if (isProblem(parsed)) parsed satisfies Problem;
parseProblem(parsed) satisfies Problem;
// @ts-expect-error: a problem is not a text
void (() => new ProblemError("2209"));

// Lookups of text from elsewhere may find nothing; those of a code do not.
assert<Equal<ReturnType<typeof resolveCode>, ErrorCode | undefined>>();
declare const text: string;
const info: ErrorInfo | undefined = errorInfo(text);
// @ts-expect-error: the text may be no code
errorInfo(text).title;
errorInfo(code).title satisfies string;
assert<Equal<ReturnType<typeof retry>, ErrorRetry | undefined>>();
httpStatus(code) satisfies number;
category(code) satisfies ErrorCategory;
// @ts-expect-error: the text may be no code
title(text) satisfies string;
if (isErrorCode(text)) httpStatus(text) satisfies number;
// A problem may have no code, and a text may be an alias.
title(some.code) satisfies string | undefined;
title(resolveCode(text)) satisfies string | undefined;
// @ts-expect-error: facts are not written to
errorInfo(code).title = "";
retryAfter(code) satisfies number | undefined;
severity(code) satisfies ErrorSeverity;
message(code) satisfies string;
metadata(code) satisfies ErrorMetadata;
errorCodes() satisfies readonly ErrorCode[];
aliases(code) satisfies readonly string[];
categories.orders.title satisfies string;
info?.deprecated?.replacedBy satisfies ErrorCode | undefined;
void [alias, internal];
