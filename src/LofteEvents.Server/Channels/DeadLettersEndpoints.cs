using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Postgres.Notices;
using LofteEvents.Postgres.Queue;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Hosting;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;

namespace LofteEvents.Server.Channels;

/// <summary>Work that was given up: operators find it and put it in line again; auditors read.</summary>
internal static partial class DeadLettersEndpoints
{
    private const int MostIds = 1_000;

    public static IEndpointRouteBuilder MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Notices");
        letters.MapGet("", ListAsync)
            .ForRoles(Roles.Operator, Roles.Auditor)
            .WithName("ListDeadLetters")
            .WithSummary("Work that was given up, with its reason, its attempts and as it was; filtered by kind, lane and text")
            .WithExample(
                """
                {"items":[{"id":17,"key":"8f14e45f/deliver/0b0e…","kind":"notice","lane":"recipient/socialtjanst-norrmalm",
                  "reason":"The endpoint answered 500.","attempts":16,"position":4711,"queuedAt":"2026-03-17T08:00:00Z",
                  "diedAt":"2026-03-17T14:10:00Z","work":{"work":"deliver"}}],"page":1,"limit":20,"total":1}
                """);
        letters.MapPost("/replay", ReplayAsync)
            .ForRoles(Roles.Operator)
            .Accepts<ReplayQuestion>("application/json")
            .WithName("ReplayDeadLetters")
            .WithSummary("Puts given up work that is still owed in line again, if it is exactly as much as is expected")
            .WithExample("""{"replayed":3,"owed":3,"noLongerOwed":[17]}""");
        return api;
    }

    private static async Task<IResult> ListAsync(HttpContext context, DeadLetters letters)
    {
        var query = context.Request.Query;
        if (Paging.Read(query, out var fault) is not { } paging)
        {
            return fault!;
        }

        var filter = new DeadLetterFilter(Given(query["kind"]), Given(query["lane"]), Given(query["text"]));
        var (found, total) = await letters.FindAsync(filter, paging.Limit, (int)paging.Offset, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(
            LoftenJson.Write(paging.Listing<DeadLetterAnswer>([.. found.Select(DeadLetterAnswer.Of)], total)), Answering.Json);
    }

    private static async Task<IResult> ReplayAsync(
        HttpContext context, DeadLetters letters, OwedDeadLetters deliveries, ILogger<DeadLetters> log)
    {
        if (await ReadAsync(context) is not { } asked
            || (asked.Expected < 1 && !asked.DryRun)
            || (asked.Ids is null) == (asked.Filter is null) || asked.Ids?.Count > MostIds)
        {
            return new Problem(
                400,
                "dead-letters.replay-malformed",
                "Say what to replay and how much it is",
                "Send {\"ids\":[…],\"expected\":n} with up to 1000 ids, or {\"filter\":{\"kind\":…,\"lane\":…,\"text\":…},"
                    + "\"expected\":n}; an empty filter is all of "
                    + "them. With \"dryRun\":true instead of expected nothing is done, and the answer says how much it is.");
        }

        var filter = new DeadLetterFilter(asked.Filter?.Kind, asked.Filter?.Lane, asked.Filter?.Text);
        var plan = await deliveries.PlanAsync(asked.Ids, filter, context.RequestAborted);
        if (asked.DryRun)
        {
            return Answer(0, plan);
        }

        // What is owed is named by its ids: what dies from here on is not among them, and what is replayed meanwhile is missed.
        var matching = plan.Owed.Count == asked.Expected
            ? await letters.ReplayAsync(plan.Owed, new DeadLetterFilter(), asked.Expected, context.RequestAborted)
            : plan.Owed.Count;
        if (matching != asked.Expected)
        {
            return OtherNumber(matching, asked.Expected, plan.NoLongerOwed.Count);
        }

        LogReplayed(log, context.User.Subject(), matching);
        return Answer(matching, plan);
    }

    private static IResult Answer(long replayed, ReplayPlan plan) => Results.Json(
        new ReplayAnswer(replayed, plan.Owed.Count, plan.NoLongerOwed), DeadLettersJson.Default.ReplayAnswer);

    private static Problem OtherNumber(long matching, long expected, int noLongerOwed) => new(
        409,
        "dead-letters.other-number",
        "Another number matches",
        noLongerOwed == 0
            ? $"{matching} dead letters match, not {expected}; none was replayed. Look at them, then say expected: {matching}."
            : $"{matching} dead letters match whose work is still owed, not {expected}; none was replayed. {noLongerOwed} "
                + "more are deliveries whose case was told, closed or decided anew, or has gone on to another channel: those "
                + "are not replayed, and a dry run names them.");

    private static async Task<ReplayQuestion?> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync(DeadLettersJson.Default.ReplayQuestion, context.RequestAborted);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    [LoggerMessage(LogEvents.DeadLettersReplayed, LogLevel.Information, "{Actor} put {Count} dead letters in line again.")]
    private static partial void LogReplayed(ILogger log, string actor, long count);
}

/// <param name="Kind">Who does it.</param>
/// <param name="Lane">The recipient or the case whose turn it was.</param>
/// <param name="Position">The event that it followed from.</param>
/// <param name="Work">What was to be done, as it was.</param>
internal sealed record DeadLetterAnswer(
    long Id,
    string Key,
    string Kind,
    string Lane,
    string Reason,
    int Attempts,
    long Position,
    DateTimeOffset QueuedAt,
    DateTimeOffset DiedAt,
    JsonElement Work)
{
    public static DeadLetterAnswer Of(DeadLetter letter) => new(
        letter.Id,
        letter.Key,
        letter.Kind,
        letter.Lane,
        letter.Reason,
        letter.Attempts,
        letter.Position,
        letter.QueuedAt,
        letter.DiedAt,
        JsonElement.Parse(letter.Data.Span));
}

/// <param name="Ids">Or a filter, not both.</param>
/// <param name="Expected">How many match that are still owed; with another number nothing is done.</param>
/// <param name="DryRun">Says what would be replayed, and does nothing.</param>
internal sealed record ReplayQuestion(
    long Expected = 0, IReadOnlyList<long>? Ids = null, ReplayFilter? Filter = null, bool DryRun = false);

internal sealed record ReplayFilter(string? Kind = null, string? Lane = null, string? Text = null);

/// <param name="Replayed">How many are in line again.</param>
/// <param name="Owed">How many of those that match are to be replayed.</param>
/// <param name="NoLongerOwed">The ids of those that match and are not replayed: nothing would be sent.</param>
internal sealed record ReplayAnswer(long Replayed, long Owed, IReadOnlyList<long> NoLongerOwed);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ReplayQuestion))]
[JsonSerializable(typeof(ReplayAnswer))]
internal sealed partial class DeadLettersJson : JsonSerializerContext;
