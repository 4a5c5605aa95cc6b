namespace LofteEvents.Server.Intake;

/// <summary>
/// How much intake holds in hand at once, in requests and in bytes of their bodies. Who comes beyond it is told to come back, so
/// that a slow database shows at the publishers and does not fill the memory.
/// </summary>
internal sealed class IntakeAdmission
{
    /// <summary>Requests at once.</summary>
    public const int MaxRequests = 4096;

    /// <summary>Bytes of bodies at once: 256 MiB.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private int requests;
    private long bytes;

    public static TimeSpan RetryAfter => TimeSpan.FromSeconds(1);

    /// <param name="bodyBytes">What the body is announced to have; 0 where it is not announced.</param>
    /// <returns>Null where there is no room; else a place that is given back when disposed.</returns>
    public Place? TryEnter(long bodyBytes)
    {
        var place = new Place(this);
        if (Interlocked.Increment(ref requests) <= MaxRequests && place.TryGrow(bodyBytes))
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
            return Interlocked.Add(ref admission.bytes, more) <= MaxBytes;
        }

        public void Dispose()
        {
            Interlocked.Add(ref admission.bytes, -held);
            Interlocked.Decrement(ref admission.requests);
        }
    }
}
