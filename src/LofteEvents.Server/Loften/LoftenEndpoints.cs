using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Evaluations;
using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Loften;

/// <summary>The reads of promises, open to everyone.</summary>
internal static class LoftenEndpoints
{
    private static readonly IReadOnlyList<string> s_status = [ProjectionNames.LofteStatus];
    private static readonly IReadOnlyList<string> s_list = [ProjectionNames.LofteStatus, ProjectionNames.LofteOverview];

    public static IServiceCollection AddLoften(this IServiceCollection services)
    {
        services.AddSingleton<LofteReads>();
        services.AddSingleton<EvidenceReads>();
        services.AddSingleton<PositionResolver>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<LofteReader>();
        services.AddSingleton<CommitmentReader>();
        services.AddSingleton<ComparisonReader>();
        services.AddSingleton<TimelineReads>();
        services.AddSingleton<TimelineReader>();
        services.AddSingleton<LofteFeed>();
        services.AddSingleton(new FeedConnections());
        services.AddSingleton<LoftenList>();
        return services.AddEvaluations();
    }

    public static IEndpointRouteBuilder MapLoften(this IEndpointRouteBuilder api)
    {
        var loften = api.MapGroup("/loften").AllowAnonymous().WithTags("Loften");
        loften.MapGet("", ListAsync)
            .WithName("ListLoften")
            .WithSummary("The promises, the newest term first")
            .WithTimes()
            .WithPages()
            .WithExample(LoftenDescription.List);
        loften.MapGet("/{id}", LofteAsync)
            .WithName("GetLofte")
            .WithSummary("A promise as it reads on a day")
            .WithTimes()
            .WithExample(LoftenDescription.Lofte);
        loften.MapGet("/{id}/status", StatusAsync)
            .WithName("GetLofteStatus")
            .WithSummary("How a promise stands, with the newest events that make it so")
            .WithTimes()
            .WithExample(LoftenDescription.Status);
        loften.MapGet("/{id}/commitments/{commitment}", CommitmentAsync)
            .WithName("GetCommitment")
            .WithSummary("Which events counted for a commitment, which did not, and why not")
            .WithTimes()
            .WithPages()
            .WithQuery("until", JsonSchemaType.String, "Only what happened on this day or before.", "2018-09-30")
            .WithExample(LoftenDescription.Commitment);
        loften.MapGet("/{id}/timeline", TimelineAsync)
            .WithName("GetLofteTimeline")
            .WithSummary("What happened around a promise, and when it was learnt; the newest learnt first")
            .WithTimes()
            .WithPages()
            .WithExample(LoftenDescription.Timeline);
        loften.MapFeed();
        loften.MapGet("/{id}/comparison", ComparisonAsync)
            .WithName("CompareLoften")
            .WithSummary("Two promises side by side: with names the other")
            .WithTimes()
            .WithExample(LoftenDescription.Comparison);
        return api.MapEvaluations();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, PositionResolver positions, LoftenList list, TimeProvider clock)
    {
        if (Paging.Read(context.Request.Query, out var fault) is not { } paging)
        {
            return fault!;
        }

        return await AtAsync(context, positions, clock, s_list, async (position, on) =>
        {
            var answer = await list.ReadAsync(position, on, paging, context.RequestAborted);
            return Results.Bytes(LoftenJson.Write(answer), Answering.Json);
        });
    }

    private static Task<IResult> LofteAsync(
        string id, HttpContext context, PositionResolver positions, LofteReader loften, TimeProvider clock) =>
        AtAsync(context, positions, clock, s_status, async (position, on) =>
            await loften.ReadAsync(id, position, on, context.RequestAborted) is { } found
                ? Answering.Answer(context, LoftenJson.Write(found.Lofte), Answering.Tag(found.Lofte.Position, on))
                : NoSuchLofte(id, position));

    private static Task<IResult> StatusAsync(
        string id, HttpContext context, PositionResolver positions, StatusReader statuses, TimeProvider clock) =>
        AtAsync(context, positions, clock, s_status, async (position, on) =>
            await statuses.ReadAsync(id, position, on, context.RequestAborted) is { } status
                ? Answering.Answer(context, status.Json, Answering.Tag(status.Answer.Position, on))
                : NoSuchLofte(id, position));

    private static Task<IResult> ComparisonAsync(
        string id,
        string? with,
        HttpContext context,
        PositionResolver positions,
        ComparisonReader comparisons,
        TimeProvider clock) =>
        AtAsync(context, positions, clock, s_status, async (position, on) =>
            await comparisons.ReadAsync(id, with ?? "", position, on, context.RequestAborted) switch
            {
                ({ } comparison, _) => Results.Bytes(LoftenJson.Write(comparison), Answering.Json),
                (_, var fault) => fault!,
            });

    private static async Task<IResult> CommitmentAsync(
        string id,
        string commitment,
        HttpContext context,
        PositionResolver positions,
        CommitmentReader reader,
        TimeProvider clock)
    {
        if (CommitmentPage.Read(context.Request.Query, out var fault) is not { } page)
        {
            return fault!;
        }

        return await AtAsync(context, positions, clock, s_status, async (position, on) =>
            await reader.ReadAsync(id, commitment, position, on, page, context.RequestAborted) is { } found
                ? Answering.Answer(
                    context,
                    LoftenJson.Write(found),
                    Answering.Tag(found.Position, on, $"-{page.Paging.Page}-{page.Paging.Limit}-{page.Until:yyyyMMdd}"))
                : Problems.NotFound(
                    $"There is no promise '{id}' with a commitment '{commitment}'. "
                    + "GET /api/v1/loften/{id} names the commitments of a promise."));
    }

    private static async Task<IResult> TimelineAsync(
        string id, HttpContext context, PositionResolver positions, TimelineReader reader, TimeProvider clock)
    {
        if (Paging.Read(context.Request.Query, out var fault) is not { } paging)
        {
            return fault!;
        }

        return await AtAsync(context, positions, clock, s_status, async (position, on) =>
            await reader.ReadAsync(id, position, on, paging, context.RequestAborted) is { } found
                ? Answering.Answer(
                    context, LoftenJson.Write(found), Answering.Tag(found.Position, on, $"-{paging.Page}-{paging.Limit}"))
                : NoSuchLofte(id, position));
    }

    /// <summary>Reads the times of the query and finds the position, or answers what is wrong with them.</summary>
    private static async Task<IResult> AtAsync(
        HttpContext context,
        PositionResolver positions,
        TimeProvider clock,
        IReadOnlyList<string> projections,
        Func<PositionAsked, DateOnly, Task<IResult>> read)
    {
        if (WhenAsked.Read(context.Request.Query, clock, out var fault) is not { } asked)
        {
            return fault!;
        }

        var (position, behind) = await positions.ResolveAsync(asked, projections, context.RequestAborted);
        return behind ?? await read(position!, asked.On);
    }

    private static Problem NoSuchLofte(string id, PositionAsked position) => Problems.NotFound(
        position.AsOf is { } asOf
            ? $"There was no promise '{id}' at position {asOf}."
            : $"There is no promise '{id}'. GET /api/v1/loften lists them.");
}
