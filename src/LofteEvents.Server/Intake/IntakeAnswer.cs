using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Server.Intake;

/// <summary>The answer to what was taken: 201 where anything of it was new, 200 where all of it was recorded before.</summary>
/// <param name="Results">In the request's order.</param>
internal sealed record IntakeAnswer(IReadOnlyList<IntakeResult> Results) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(this, IntakeJson.Default.IntakeAnswer);
        response.StatusCode = Results.Any(result => !result.Duplicate) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

/// <param name="Version">The event's place in its stream, from 1.</param>
/// <param name="Position">The event's place in the log.</param>
/// <param name="Duplicate">It was recorded before; the numbers are those of then.</param>
internal sealed record IntakeResult(string Id, string Source, string Stream, long Version, long Position, bool Duplicate);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IntakeAnswer))]
internal sealed partial class IntakeJson : JsonSerializerContext;
