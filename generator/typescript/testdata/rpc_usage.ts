// What an application does with the package of rpc.yaml, whose codes are
// numbers, and what the compiler must refuse.
import {
  aliases,
  assertNever,
  BAD_REQUEST,
  errorCodes,
  errorInfo,
  formatMessage,
  httpStatus,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  isErrorCode,
  LARGEST,
  message,
  METHOD_NOT_FOUND,
  MINUS_ONE,
  NOTHING,
  PARSE_ERROR,
  parseProblem,
  resolveCode,
  SMALLEST,
  title,
  TOO_LATE,
  type ErrorCode,
  type ErrorInfo,
  type ErrorParams,
  type PlainCode,
  type Problem,
  type ProblemOf,
  type UnknownProblem,
} from "./rpc/index.js";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;
function assert<_T extends true>(): void {}

// Constants are literals of numbers, and a former name is the same code.
assert<Equal<typeof PARSE_ERROR, -32700>>();
assert<Equal<typeof NOTHING, 0>>();
assert<Equal<typeof BAD_REQUEST, typeof INVALID_REQUEST>>();
assert<
  Equal<
    ErrorCode,
    | -32700
    | -32600
    | -32601
    | -32603
    | 5
    | 0
    | -1
    | 9007199254740991
    | -9007199254740991
  >
>();
assert<Equal<keyof ErrorParams, -32601 | 5>>();
assert<Equal<ErrorParams[-32601]["method"], string>>();
assert<Equal<Extract<PlainCode, 0 | -32601>, 0>>();
assert<Equal<ErrorInfo["code"], ErrorCode>>();
assert<Equal<UnknownProblem["unknownCode"], number | string | undefined>>();
export const code: ErrorCode = -32600;
// @ts-expect-error: an alias is not a code
export const alias: ErrorCode = 7;
// @ts-expect-error: a code is not a string
export const text: ErrorCode = "-32600";

// A check of the code leaves the problem of that error.
export function show(problem: Problem): string {
  // @ts-expect-error: not every problem has a method
  problem.method;
  switch (problem.code) {
    case METHOD_NOT_FOUND:
      assert<Equal<typeof problem.attempts, number>>();
      return problem.method;
    case TOO_LATE:
      return problem.seconds.toFixed();
    case PARSE_ERROR:
    case INVALID_REQUEST:
    case INTERNAL_ERROR:
    case NOTHING:
    case MINUS_ONE:
    case LARGEST:
    case SMALLEST:
      return String(problem.code);
    case undefined:
      return String(problem.unknownCode);
  }
  return assertNever(problem);
}

export const sent: ProblemOf<0> = {
  type: "about:blank",
  title: "",
  status: 409,
  code: NOTHING,
};

// Known codes give facts, others may not.
assert<Equal<ReturnType<typeof parseProblem>, Problem>>();
const status: number = httpStatus(NOTHING);
const other: number | undefined = httpStatus(12345 as number);
const digits: string | undefined = title("-32700");
const resolved: ErrorCode | undefined = resolveCode(-32099);
const info: ErrorInfo | undefined = errorInfo("7");
// @ts-expect-error: it may not be known
const unsure: number = httpStatus(12345 as number);
// @ts-expect-error: a code is neither true nor false
title(true);
const entry: ErrorInfo = errorInfo(-32700);
const replacement: ErrorCode | undefined = errorInfo(5).deprecated?.replacedBy;
const others: readonly number[] | undefined = entry.aliases;
const template: string = message(0);
const list: readonly ErrorCode[] = errorCodes();
const of: readonly number[] = aliases(-32600);
formatMessage(NOTHING);
formatMessage(METHOD_NOT_FOUND, { method: "sum", attempts: 7 });
// @ts-expect-error: params are missing
formatMessage(METHOD_NOT_FOUND);
// @ts-expect-error: no params
formatMessage(NOTHING, {});

export function narrow(value: unknown): ErrorCode {
  return isErrorCode(value) ? value : NOTHING;
}
export const all: unknown[] = [
  status,
  other,
  digits,
  resolved,
  info,
  unsure,
  replacement,
  others,
  template,
  list,
  of,
];
