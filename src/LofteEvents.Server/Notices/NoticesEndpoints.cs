using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;
using Microsoft.OpenApi;

namespace LofteEvents.Server.Notices;

/// <summary>
/// Who must be told: the cases, for officers of the areas in their token, for recipients where it is theirs and released to them,
/// and for auditors. Officers decide, try and record; recipients fetch and acknowledge, by an explicit POST.
/// </summary>
internal static class NoticesEndpoints
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeReads>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<NoticeContentReader>();
        services.AddSingleton<NoticeCommands>();
        return services;
    }

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notices");
        notices.MapGet("", ListAsync)
            .ForRoles(Roles.Officer, Roles.Recipient, Roles.Auditor)
            .WithName("ListNotices")
            .WithSummary("The notices that the caller may see: those whose clock runs first, the most urgent before the others")
            .WithQuery("state", JsonSchemaType.String, "Only those in this state.", "to-decide")
            .WithQuery("overdue", JsonSchemaType.Boolean, "Only those that are overdue, or are not.", "true")
            .WithQuery("recipient", JsonSchemaType.String, "Only those of this recipient.", "socialtjanst-norrmalm")
            .WithQuery(
                "minPosition", JsonSchemaType.Integer, "Wait up to 2 s until the list rests on at least this position.", "241")
            .WithPages()
            .WithExample(NoticesDescription.List);
        notices.MapGet("/{id}", NoticeAsync)
            .ForRoles(Roles.Officer, Roles.Recipient, Roles.Auditor)
            .WithName("GetNotice")
            .WithSummary("A notice, with what may be decided and, for officers and auditors, its history")
            .WithExample(NoticesDescription.Notice);
        notices.MapGet("/{id}/content", ContentAsync)
            .ForRoles(Roles.Officer, Roles.Recipient)
            .WithName("GetNoticeContent")
            .WithSummary("What the notice says; every opening of what is about a person is recorded")
            .WithExample(NoticesDescription.Content);
        notices.MapPost("/{id}/decision", DecideAsync)
            .ForRoles(Roles.Officer)
            .WithName("DecideNotice")
            .WithSummary("Sends, postpones or waives a notice, on a ground that the law gives")
            .WithBody(NoticesDescription.Decision)
            .WithExample(NoticesDescription.Notice);
        notices.MapPost("/{id}/attempts", AttemptAsync)
            .ForRoles(Roles.Officer)
            .WithName("RecordNoticeAttempt")
            .WithSummary("Records an attempt by phone, in person or by letter")
            .WithDescription("With a header Idempotency-Key the same attempt can be said again; without one, the same again "
                + "within a minute is the same attempt.")
            .WithBody(NoticesDescription.Attempt)
            .WithExample(NoticesDescription.Notice);
        notices.MapPost("/{id}/acknowledgement", AcknowledgeAsync)
            .ForRoles(Roles.Recipient, Roles.Officer)
            .WithName("AcknowledgeNotice")
            .WithSummary("The recipient has the notice")
            .WithExample(NoticesDescription.Notice);
        return api;
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, PositionResolver positions, NoticeReader reader, TimeProvider clock)
    {
        var query = context.Request.Query;
        if (Paging.Read(query, out var fault) is not { } paging
            || NoticesQuery.Read(query, out fault) is not { } asked
            || WhenAsked.Read(query, clock, out fault) is not { } when)
        {
            return fault!;
        }

        if (!when.IsLive || when.OnGiven)
        {
            return Problems.BadQuery(when.IsLive ? "on" : "asOf", "Notices are listed as they are now; leave it out.");
        }

        if (await positions.ResolveAsync(when, NoticesQuery.Projections, context.RequestAborted) is { Fault: { } behind })
        {
            return behind;
        }

        var answer = await reader.ListAsync(asked, paging, NoticeViewer.Of(context.User), context.RequestAborted);
        return Answer(context, NoticeJson.Write(answer));
    }

    private static async Task<IResult> NoticeAsync(string id, HttpContext context, NoticeReader reader) =>
        await reader.ReadAsync(id, NoticeViewer.Of(context.User), context.RequestAborted) is { } notice
            ? Answer(context, NoticeJson.Write(notice))
            : NoticeCommands.NoSuchNotice(id);

    private static async Task<IResult> ContentAsync(string id, HttpContext context, NoticeContentReader reader) =>
        await reader.OpenAsync(id, NoticeViewer.Of(context.User), context.RequestAborted) is { } content
            ? Answer(context, NoticeJson.Write(content))
            : NoticeCommands.NoSuchNotice(id);

    private static async Task<IResult> DecideAsync(string id, HttpContext context, NoticeCommands commands)
    {
        var (body, fault) = await NoticeBodies.ReadAsync(context.Request, NoticeBodies.Json.DecisionBody, context.RequestAborted);
        return body is null ? fault! : await SayAsync(id, body.Command(context.User.Subject()), context, commands);
    }

    private static async Task<IResult> AttemptAsync(string id, HttpContext context, NoticeCommands commands)
    {
        var (body, fault) = await NoticeBodies.ReadAsync(context.Request, NoticeBodies.Json.AttemptBody, context.RequestAborted);
        if (body is null)
        {
            return fault!;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var by = context.User.Subject();
        var attempt = key.Length > 0 ? EventId.From($"urn:lofte:officer:{by}", $"{id}\n{key}") : Guid.CreateVersion7();
        return await SayAsync(id, body.Command(attempt, by), context, commands);
    }

    private static Task<IResult> AcknowledgeAsync(string id, HttpContext context, NoticeCommands commands) =>
        SayAsync(id, new AcknowledgeNotice(context.User.Subject()), context, commands);

    private static async Task<IResult> SayAsync(string id, NoticeCommand command, HttpContext context, NoticeCommands commands)
    {
        var viewer = NoticeViewer.Of(context.User);
        var (notice, refused) = await commands.SayAsync(id, command, viewer, context.RequestAborted);
        return notice is null ? refused! : Answer(context, NoticeJson.Write(notice));
    }

    private static IResult Answer(HttpContext context, byte[] json)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(json, Answering.Json);
    }
}
