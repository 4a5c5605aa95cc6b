using System.Globalization;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// What a request must keep to before it may wait for the writer. A breach is a bug of the caller, so it is an exception.
/// </summary>
internal static class AppendRules
{
    /// <summary>Events in one request: a thousand, each with one that comes along, such as the making of a key.</summary>
    public const int MaximumEvents = 2000;

    /// <summary>Payloads and headers of one request together: 64 MiB.</summary>
    public const long MaximumBytes = 64L << 20;

    /// <summary>Characters in a stream's name.</summary>
    public const int MaximumStreamLength = 160;

    /// <summary>Characters in a stored name, as Marten's column has it.</summary>
    public const int MaximumTypeLength = 500;

    private const int FingerprintBytes = 32;

    /// <exception cref="ArgumentException">Says which rule the request breaks, and where.</exception>
    public static PendingAppend Check(AppendRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Streams.Count == 0)
        {
            throw Breach("A request appends to at least one stream.");
        }

        if (request.Streams.All(part => part.Events.Count == 0))
        {
            throw Breach("A request appends at least one event.");
        }

        var streams = request.Streams.Count == 1 ? null : new HashSet<string>(StringComparer.Ordinal);
        HashSet<Guid>? keys = null;
        var events = 0;
        var bytes = 0L;
        foreach (var part in request.Streams)
        {
            CheckPart(part);
            if (streams?.Add(part.Stream) == false && part.ExpectedVersion is not null)
            {
                throw Breach(
                    $"Stream '{part.Stream}' stands again in one request; only its first part says which version it expects.");
            }

            events += part.Events.Count;
            foreach (var said in part.Events)
            {
                CheckEvent(part.Stream, said);
                if (said.Sealed is not null && !IsExpected(request, part.Stream))
                {
                    throw Breach(
                        $"Event {said.Id} is sealed for its version, so {part.Stream} must say which version it expects.");
                }

                bytes += said.Data.Length + said.Headers.Length;
                if (said.Fingerprint.Length > 0 && !(keys ??= []).Add(said.Id))
                {
                    throw Breach($"Event {said.Id} stands twice in one request as an idempotency key; say it once.");
                }
            }
        }

        return events > MaximumEvents || bytes > MaximumBytes
            ? throw Breach(string.Create(
                CultureInfo.InvariantCulture,
                $"A request has at most {MaximumEvents} events and {MaximumBytes} bytes, not {events} and {bytes}: divide it."))
            : new PendingAppend(request, events, bytes);
    }

    private static bool IsExpected(AppendRequest request, string stream) =>
        request.Streams.First(part => part.Stream == stream).ExpectedVersion is not null;

    private static void CheckPart(StreamAppend part)
    {
        if (part.Stream.Length is 0 or > MaximumStreamLength)
        {
            throw Breach($"A stream's name has 1 to {MaximumStreamLength} characters; '{part.Stream}' has {part.Stream.Length}.");
        }

        if (part.ExpectedVersion < 0)
        {
            throw Breach($"Stream '{part.Stream}' cannot be expected at version {part.ExpectedVersion}; a new stream is at 0.");
        }

        if (part.Events.Count == 0 && part.ExpectedVersion is null or 0)
        {
            throw Breach($"Stream '{part.Stream}' stands in the request without events, and without a version to be held to.");
        }
    }

    private static void CheckEvent(string stream, NewEvent said)
    {
        if (said.Type.Length is 0 or > MaximumTypeLength)
        {
            throw Breach($"An event's type has 1 to {MaximumTypeLength} characters; one of {stream} has {said.Type.Length}.");
        }

        if (said.Data.IsEmpty)
        {
            throw Breach($"Event {said.Id} of {stream} has no data; an event without content is '{{}}'.");
        }

        if (said.Fingerprint.Length is not (0 or FingerprintBytes))
        {
            throw Breach(
                $"A fingerprint has {FingerprintBytes} bytes; event {said.Id} of {stream} has one of {said.Fingerprint.Length}.");
        }
    }

    private static ArgumentException Breach(string sentence) => new(sentence);
}
