namespace LofteEvents.Server.Intake;

/// <summary>
/// How much intake holds in hand at once, in requests and in bytes of their bodies. Who comes beyond it is told to come back, so
/// that a slow database shows at the publishers and does not fill the memory.
/// </summary>
/// <param name="maxRequests">Requests at once.</param>
/// <param name="maxBytes">Bytes of bodies at once.</param>
internal sealed class IntakeAdmission(int maxRequests, long maxBytes)
{
    private const int DefaultMaxRequests = 4096;
    private const long DefaultMaxBytes = 256L * 1024 * 1024;

    private readonly long maxBytes = maxBytes;
    private int requests;
    private long bytes;

    public static IntakeAdmission Default => new(DefaultMaxRequests, DefaultMaxBytes);

    public static TimeSpan RetryAfter => TimeSpan.FromSeconds(1);

    /// <param name="bodyBytes">What the body is announced to have; 0 where it is not announced.</param>
    /// <returns>Null where there is no room; else a place that is given back when disposed.</returns>
    public Place? TryEnter(long bodyBytes)
    {
        var place = new Place(this);
        if (Interlocked.Increment(ref requests) <= maxRequests && place.TryGrow(bodyBytes))
        {
            return place;
        }

        place.Dispose();
        return null;
    }

    /// <summary>One request's room.</summary>
    internal sealed class Place(IntakeAdmission admission) : IDisposable
    {
        private long held;

        /// <summary>Makes room for more bytes, or says that there is none.</summary>
        public bool TryGrow(long more)
        {
            held += more;
            return Interlocked.Add(ref admission.bytes, more) <= admission.maxBytes;
        }

        public void Dispose()
        {
            Interlocked.Add(ref admission.bytes, -held);
            Interlocked.Decrement(ref admission.requests);
        }
    }
}
