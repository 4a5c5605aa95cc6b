using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;

namespace LofteEvents.Server.Projections;

/// <summary>How the projections stand, and rebuilding them: for operators; auditors read.</summary>
internal static class ProjectionsEndpoints
{
    public static IEndpointRouteBuilder MapProjections(this IEndpointRouteBuilder api)
    {
        var projections = api.MapGroup("/projections").WithTags("Projections");
        projections.MapGet("", ListAsync)
            .ForRoles(Roles.Operator, Roles.Auditor)
            .WithName("ListProjections")
            .WithSummary("How far each projection is, and what stops it")
            .WithExample(
                """
                {"items":[{"name":"LofteStatus","state":"behind","position":1200,"head":1234,"lagEvents":34,"lagSeconds":0.018,
                  "updatedAt":"2018-10-01T12:00:00Z"}],"page":1,"limit":20,"total":1}
                """);
        projections.MapPost("/{name}/rebuild", RebuildAsync)
            .ForRoles(Roles.Operator)
            .WithName("RebuildProjection")
            .WithSummary("Builds a projection anew beside the live one, and swaps them");
        return api;
    }

    private static async Task<IResult> ListAsync(HttpContext context, ProjectionStates states)
    {
        var answer = (await states.ReadAsync(context.RequestAborted)).Select(ProjectionAnswer.Of).ToList();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(
            LoftenJson.Write(new Listing<ProjectionAnswer>(answer, 1, Paging.DefaultLimit, answer.Count)), Answering.Json);
    }

    private static async Task<IResult> RebuildAsync(string name, HttpContext context, RebuildRequests rebuilds)
    {
        if (!ProjectionNames.All.Contains(name))
        {
            return Problems.NotFound($"There is no projection '{name}'. There are: {string.Join(", ", ProjectionNames.All)}.");
        }

        return await rebuilds.AskAsync(name, context.User.Subject(), context.RequestAborted)
            ? Results.Accepted("/api/v1/projections")
            : new Problem(
                409,
                "projection.rebuild-goes-on",
                "A rebuild goes on already",
                $"{name} is being built anew. GET /api/v1/projections says how far it is; ask again when it is done.");
    }
}

/// <param name="State"><c>current</c>, <c>behind</c> or <c>stopped</c>.</param>
/// <param name="Head">Position of the newest event in the log.</param>
/// <param name="LagSeconds">How long the oldest event not yet applied has waited.</param>
internal sealed record ProjectionAnswer(
    string Name,
    string State,
    long Position,
    long Head,
    long LagEvents,
    double LagSeconds,
    DateTimeOffset? UpdatedAt,
    ProjectionStopAnswer? Stop,
    RebuildAnswer? Rebuild)
{
    public static ProjectionAnswer Of(ProjectionState state) => new(
        state.Name,
        state.Stop is not null ? "stopped" : state.LagEvents > 0 ? "behind" : "current",
        state.Position,
        state.Head,
        state.LagEvents,
        Math.Round(state.LagSeconds, 3),
        state.UpdatedAt,
        ProjectionStopAnswer.Of(state.Stop),
        state.Rebuild is { } rebuild
            ? new RebuildAnswer(
                rebuild.RequestedAt is null ? "stopped" : rebuild.StartedAt is null ? "requested" : "running",
                rebuild.RequestedAt,
                rebuild.StartedAt,
                rebuild.Position,
                ProjectionStopAnswer.Of(rebuild.Stop))
            : null);
}

/// <summary>The event that cannot be applied, and why.</summary>
internal sealed record ProjectionStopAnswer(long Position, Guid EventId, string Type, string Reason, DateTimeOffset At)
{
    public static ProjectionStopAnswer? Of(ProjectionStop? stop) =>
        stop is null ? null : new(stop.Position, stop.EventId, stop.Type, stop.Reason, stop.At);
}

/// <param name="State"><c>requested</c>, <c>running</c>, or <c>stopped</c> by an event that it could not apply.</param>
/// <param name="Position">How far it has come; it is done at the head.</param>
internal sealed record RebuildAnswer(
    string State, DateTimeOffset? RequestedAt, DateTimeOffset? StartedAt, long Position, ProjectionStopAnswer? Stop);
