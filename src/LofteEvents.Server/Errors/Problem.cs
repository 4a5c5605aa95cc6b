using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Server.Errors;

/// <summary>
/// An error as the API answers it: RFC 9457 problem details with a stable <c>code</c> and, where there are several faults or a
/// place to point at, <c>errors</c>.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable and machine-readable: <c>capability.reason</c> in kebab-case.</param>
/// <param name="Title">The same words for every occurrence of the code.</param>
/// <param name="Detail">What is wrong here, where, and what to do.</param>
internal sealed record Problem(int Status, string Code, string Title, string Detail) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>
    /// Quotation marks and letters stand as themselves: the sentences are for people, and are never put into HTML unescaped.
    /// </summary>
    private static readonly ProblemJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static string? TraceId() => Activity.Current?.TraceId.ToHexString();

    /// <summary>Everything of the answer but its body.</summary>
    public void WriteHead(HttpResponse response)
    {
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter =
                Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        WriteHead(response);
        response.ContentType = MediaType;
        var body = new ProblemBody(
            $"urn:lofte:problem:{Code}",
            Title,
            Status,
            Detail,
            httpContext.Request.PathBase + httpContext.Request.Path,
            Code,
            TraceId(),
            Errors);
        return JsonSerializer.SerializeAsync(response.Body, body, Readable.ProblemBody, httpContext.RequestAborted);
    }
}

/// <param name="Pointer">JSON pointer as a URI fragment into the request's body (RFC 6901 §6): <c>#/data/kind</c>, in a batch
/// <c>#/1/data/kind</c>; in binary mode as if the event had come in structured mode.</param>
/// <param name="Detail">One sentence for a person.</param>
internal sealed record ProblemError(string Pointer, string Detail);

/// <param name="TraceId">Finds the request in logs and traces.</param>
internal sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    string? TraceId,
    IReadOnlyList<ProblemError>? Errors);

[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
