using LofteEvents.Server.Errors;
using LofteEvents.Subjects;

namespace LofteEvents.Server.Intake;

/// <summary>Every way in which intake refuses, in the order of its checks.</summary>
internal static class IntakeProblems
{
    public static Problem TooLarge(int limit) => new(
        413, "request.too-large", "The request is too large", $"A request has at most {limit} bytes; divide it.");

    public static Problem BatchTooLong(int limit) => new(
        413, "batch.too-long", "The batch is too long", $"A batch has at most {limit} events; divide it.");

    public static Problem MediaType { get; } = new(
        415,
        "request.media-type",
        "The media type is not taken here",
        $"Send Content-Type: {MediaTypes.CloudEvent} or {MediaTypes.CloudEventBatch} in UTF-8, not compressed, or binary mode: "
        + "ce- headers with Content-Type: application/json.");

    public static Problem NotJson(IReadOnlyList<Fault> faults) =>
        Of(400, "request.not-json", "The body is no JSON", [.. faults.Select(fault => Error(null, fault))]);

    public static Problem Invalid(IReadOnlyList<ProblemError> errors) =>
        Of(400, "event.invalid", "This is no CloudEvent that can be taken", errors);

    public static Problem NotAllowed(IReadOnlyList<IntakeFault> faults) =>
        Of(403, faults[0].Code, "Not allowed", [.. faults.Select(fault => fault.Error)]);

    public static Problem KeyReused(IReadOnlyList<ProblemError> errors) =>
        Of(409, "event.key-reused", "The source and id were used for something else", errors);

    public static Problem DoesNotFit(IReadOnlyList<ProblemError> errors) =>
        Of(422, "event.schema", "The data does not fit its schema", errors);

    public static Problem VersionMismatch(IReadOnlyList<ProblemError> errors) =>
        Of(412, "stream.version-mismatch", "The stream has another version than expected", errors);

    public static Problem Refused(IReadOnlyList<IntakeFault> faults) =>
        Of(409, faults[0].Code, "A rule refuses this", [.. faults.Select(fault => fault.Error)]);

    public static Problem RecordedTimeRefused(AppendResult.RecordedTimeRefused refused) => Of(
        409,
        "recordedtime.out-of-order",
        "The recorded time cannot be taken",
        [
            new ProblemError(
                "#/recordedtime",
                $"The recorded time {Timestamp.Format(refused.Given)} lies in the future or before the last recorded time, "
                + $"{Timestamp.Format(refused.LastRecorded)}; history is imported in order, into a log that is not ahead of it."),
        ]);

    public static Problem Contended { get; } = new(
        503,
        "stream.contended",
        "The stream changes too fast",
        "Others kept changing the stream while this was decided. Nothing was stored; send it again after Retry-After.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Problem CannotSeal { get; } = new(
        503,
        "sealing.unavailable",
        "Personal data cannot be sealed",
        "The server's master keys cannot be used, so nothing of this request was stored. Tell its operator, and send it again "
        + "after Retry-After.")
    {
        RetryAfter = TimeSpan.FromSeconds(60),
    };

    /// <summary>Names and values inside a sealed part are nobody's to see, whatever is wrong with them.</summary>
    public static ProblemError Error(int? index, Fault fault) =>
        fault.Pointer.StartsWith(SealedData + "/", StringComparison.Ordinal)
            ? new ProblemError(
                IncomingEvent.PointerTo(index, SealedData),
                "Something in the sealed part is no JSON that is taken here: names once in their object, integers without "
                + "fraction or exponent, whole Unicode texts.")
            : new ProblemError(IncomingEvent.PointerTo(index, fault.Pointer), fault.Detail);

    private const string SealedData = "/data" + SealedMember.Path;

    /// <summary>The detail is the first fault's own sentence, so that it helps whoever reads only that.</summary>
    private static Problem Of(int status, string code, string title, IReadOnlyList<ProblemError> errors)
    {
        var more = errors.Count == 1 ? "" : $" ({errors.Count} faults in all; see errors.)";
        return new Problem(status, code, title, errors[0].Detail + more) { Errors = errors };
    }
}

/// <param name="Code">The code that the problem has where this is its first fault.</param>
internal sealed record IntakeFault(string Code, ProblemError Error);
