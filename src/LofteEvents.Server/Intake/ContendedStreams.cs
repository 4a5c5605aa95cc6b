namespace LofteEvents.Server.Intake;

/// <summary>
/// Lets those that lost a race for a stream try again one after the other, so that many publishers to one stream cost each a few
/// attempts and not each as many as there are publishers. Streams share a turn by their hash; that costs time only where they are
/// contended.
/// </summary>
internal sealed class ContendedStreams
{
    private const int Turns = 64;

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Holds one turn at a time, so that nobody waits for another who waits for him.</summary>
    public async Task<IDisposable> WaitForTurnAsync(string stream, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)string.GetHashCode(stream, StringComparison.Ordinal) % Turns];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
