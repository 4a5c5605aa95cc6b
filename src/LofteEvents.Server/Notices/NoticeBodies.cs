using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Notices;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Notices;

/// <summary>What people say to a notice, read strictly: nothing unknown, nothing doubtful.</summary>
internal static class NoticeBodies
{
    /// <summary>The longest reason or note, in characters.</summary>
    public const int MostText = 2000;

    public static NoticeBodiesJson Json => NoticeBodiesJson.Default;

    public static async Task<(T? Body, Problem? Fault)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class, INoticeBody
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, json, cancellationToken);
            return body?.Fault() is { } fault ? (null, fault)
                : body is null ? (null, Invalid("#", "The body is null where an object belongs."))
                : (body, null);
        }
        catch (JsonException fault)
        {
            return (null, Invalid(
                "#" + (fault.Path ?? "").TrimStart('$').Replace('.', '/'),
                "The body cannot be taken from here on: give one JSON object with the members that this address takes, each once "
                    + "and with a value of its kind; /openapi/v1.json shows one."));
        }
    }

    public static Problem Invalid(string pointer, string detail) =>
        new(422, "notice.body", "The body does not fit", detail) { Errors = [new ProblemError(pointer, detail)] };

    /// <summary>A fault of a text that people wrote; null where it can be kept.</summary>
    public static Problem? OfText(string? text, string pointer) =>
        text is { Length: > MostText } ? Invalid(pointer, $"A text has at most {MostText} characters.")
        : text is not null && string.IsNullOrWhiteSpace(text) ? Invalid(pointer, "An empty text says nothing; leave it out.")
        : text?.Contains('\0') == true ? Invalid(pointer, "The text holds U+0000, which cannot be stored; take it out.")
        : null;
}

/// <summary>A body that can say what is wrong with it.</summary>
internal interface INoticeBody
{
    Problem? Fault();
}

/// <param name="Until">When a postponement lapses, with offset.</param>
/// <param name="Reason">The officer's own words; no personal data belongs in them.</param>
internal sealed record DecisionBody(
    NoticeAction Action, string? Ground = null, DateTimeOffset? Until = null, string? Reason = null) : INoticeBody
{
    public Problem? Fault() => NoticeBodies.OfText(Ground, "#/ground") ?? NoticeBodies.OfText(Reason, "#/reason");

    public DecideNotice Command(string by) => new(Action, by, Ground, Until, Reason);
}

/// <param name="Note">The officer's own words; no personal data belongs in them.</param>
internal sealed record AttemptBody(string Channel, AttemptOutcome Outcome, string? Note = null) : INoticeBody
{
    public Problem? Fault() =>
        !NoticeChannels.All.Contains(Channel)
            ? NoticeBodies.Invalid(
                "#/channel", $"There is no such channel; there are {string.Join(", ", NoticeChannels.All)}.")
            : NoticeBodies.OfText(Note, "#/note");

    public RecordPersonsAttempt Command(Guid attempt, string by) => new(attempt, Channel, Outcome, by, Note);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(KebabWords<NoticeAction>), typeof(KebabWords<AttemptOutcome>)])]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(AttemptBody))]
internal sealed partial class NoticeBodiesJson : JsonSerializerContext;

internal sealed class KebabWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
