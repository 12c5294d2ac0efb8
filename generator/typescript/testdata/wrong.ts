// Mistakes in an application, and in the comment above each what the compiler says.
import * as shop from "./small/index.js";
declare const problem: shop.Problem;

// Argument of type '"2209"' is not assignable to parameter of type 'PlainCode'.
shop.formatMessage(shop.WRONG_USER_ID);
// Property 'user_id' is missing in type '{}' but required in type '{ readonly user_id: string; }'.
shop.formatMessage(shop.WRONG_USER_ID, {});
// Type 'number' is not assignable to type 'string'.
shop.formatMessage(shop.WRONG_USER_ID, { user_id: 42 });
// Argument of type '"2205"' is not assignable to parameter of type 'keyof ErrorParams'.
shop.formatMessage(shop.NOT_AUTHORIZED, {});
// Argument of type '"2405"' is not assignable to parameter of type 'PlainCode'.
shop.problemOf("2405");
// Argument of type '"2209"' is not assignable to parameter of type 'PlainCode'.
shop.problemOf(shop.WRONG_USER_ID);
// '"2405"' does not exist in type 'ProblemHandlers<string>'.
shop.handle(problem, { "2405": () => "" }, () => "");
// Property 'attempts' does not exist on type 'CodedProblem<"2209"> & { readonly user_id: string; }'.
shop.handle(problem, { [shop.WRONG_USER_ID]: (p) => p.attempts }, () => 0);
// 'user' does not exist in type '{ readonly user_id: string; }'.
shop.fieldErrorOf({ pointer: "" }, shop.WRONG_USER_ID, { user: "a" });
