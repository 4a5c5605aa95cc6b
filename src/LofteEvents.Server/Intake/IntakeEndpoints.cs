using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.OpenApi;
using Microsoft.AspNetCore.Mvc;

namespace LofteEvents.Server.Intake;

/// <summary>
/// <c>POST /api/v1/events</c>: CloudEvents 1.0 in structured, batch or binary mode. Checks in this order, and all faults of the
/// first stage that fails: signed in (401), size and media type (413, 415), sound CloudEvents (400), allowed (403), repeats (200,
/// 409), schemas (422), expected versions (412), rules (409).
/// </summary>
internal static class IntakeEndpoints
{
    /// <summary>The largest body: 16 MiB.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>The longest batch.</summary>
    public const int MaxEvents = 1000;

    public static IServiceCollection AddIntake(this IServiceCollection services) =>
        services.AddSingleton<EventIntake>().AddSingleton(IntakeAdmission.Default);

    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/events", TakeAsync)
            .ForSignedIn()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithTags("Events")
            .WithName("PublishEvents")
            .WithSummary("Says what happened: CloudEvents 1.0, one, many, or in binary mode")
            .AddOpenApiOperationTransformer(IntakeDescription.Describe);
        return endpoints;
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, EventIntake intake, IntakeAdmission admission, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            return IntakeProblems.TooLarge(MaxBodyBytes);
        }

        if (MediaTypes.ModeOf(context.Request) is not { } mode)
        {
            return IntakeProblems.MediaType;
        }

        using var place = admission.TryEnter(context.Request.ContentLength ?? 0);
        if (place is null)
        {
            return Problems.TooManyRequests(IntakeAdmission.RetryAfter);
        }

        var (read, refusal) = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, place, cancellationToken);
        using var body = read;
        if (body is null)
        {
            return refusal == BodyRefusal.TooLarge
                ? IntakeProblems.TooLarge(MaxBodyBytes)
                : Problems.TooManyRequests(IntakeAdmission.RetryAfter);
        }

        var events = Read(mode, context.Request, body.Bytes, out var invalid);
        if (invalid is not null)
        {
            return invalid;
        }

        var notAllowed = IntakePermission.Check(context.User, events);
        return notAllowed.Count > 0
            ? IntakeProblems.NotAllowed(notAllowed)
            : await intake.TakeAsync(events, context.User.Subject(), cancellationToken);
    }

    private static IncomingEvent[] Read(ContentMode mode, HttpRequest request, ReadOnlyMemory<byte> body, out Problem? invalid)
    {
        invalid = null;
        IReadOnlyList<Envelope> envelopes;
        if (mode == ContentMode.Binary)
        {
            envelopes = [BinaryMode.Read(request.Headers, body)];
        }
        else
        {
            envelopes = StructuredMode.Read(body, mode == ContentMode.Batch, MaxEvents, out var bodyFaults);
            if (bodyFaults is not null)
            {
                invalid = IntakeProblems.NotJson(bodyFaults);
                return [];
            }
        }

        if (envelopes.Count > MaxEvents)
        {
            invalid = IntakeProblems.BatchTooLong(MaxEvents);
            return [];
        }

        var events = new List<IncomingEvent>(envelopes.Count);
        var errors = new List<ProblemError>();
        foreach (var envelope in envelopes)
        {
            if (EnvelopeCheck.Check(envelope) is { } incoming)
            {
                events.Add(incoming);
            }

            errors.AddRange(envelope.Faults.Select(fault => IntakeProblems.Error(envelope.Index, fault)));
        }

        invalid = errors.Count > 0 ? IntakeProblems.Invalid(errors) : null;
        return [.. events];
    }
}
