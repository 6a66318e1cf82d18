using Microsoft.AspNetCore.Http.HttpResults;
using TenantPortal.Web.Infrastructure;

namespace TenantPortal.Web.Features.Api;

/// <summary>What is answered when a request cannot be carried out, with a sentence that says what to do.</summary>
public static class ApiResults
{
    public static ProblemHttpResult NotFound() => TypedResults.Problem(ApiProblems.Of(404, "Not found", "This does not exist, or it is not this token's to see."));

    public static ProblemHttpResult LacksScope(string scope) => TypedResults.Problem(ApiProblems.Of(403, "Not allowed", $"This token may not do that: it lacks the scope {scope}. An operator can make one that has it."));

    public static ProblemHttpResult ForStaff() => TypedResults.Problem(ApiProblems.Of(403, "Not allowed", "Only a token of staff may do that. A client's token may read, write messages, close and reopen."));

    public static ProblemHttpResult Wrong(string sentence) => TypedResults.Problem(ApiProblems.Of(422, "Something does not fit", sentence));

    public static ProblemHttpResult Refused(string sentence) => TypedResults.Problem(ApiProblems.Of(409, "Not now", sentence));

    public static ProblemHttpResult Changed() => TypedResults.Problem(ApiProblems.Of(412, "Changed meanwhile", "Somebody has changed it since you read it. Read it again, and decide anew."));

    public static ProblemHttpResult KeyUsed() => TypedResults.Problem(ApiProblems.Of(422, "Key used already", "This Idempotency-Key came with another request before. Take a new key for each new request."));
}
