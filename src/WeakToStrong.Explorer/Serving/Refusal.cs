using Microsoft.AspNetCore.Http;

namespace WeakToStrong.Explorer.Serving;

/// <summary>A call that is answered with a sentence instead of a result.</summary>
/// <param name="status">The HTTP status: what the caller can mend is below 500.</param>
/// <param name="message">The sentence.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>The status and the sentence for whatever went wrong.</summary>
    public static (int Status, string Sentence) Explain(Exception problem) => problem switch
    {
        Refusal refusal => (refusal.Status, refusal.Message),
        InputException wrong => (400, wrong.Message),
        BadHttpRequestException bad => (bad.StatusCode, "the request is not one that HTTP allows"),
        OperationCanceledException => (422, "the run was stopped, and nothing was finished"),
        OutOfMemoryException => (422, "memory is exhausted; ask for less"),
        _ => (500, $"broke; please report this with the call: {problem}"),
    };

    public static Refusal NotFound(string what) => new(404, $"{what} is not here; GET /api/openapi.json lists what is");
}
