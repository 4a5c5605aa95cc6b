using System.Threading.Channels;

namespace LofteEvents.Postgres.Queue;

/// <summary>
/// A bell for one worker: rung when there may be something to do. Rung twice before it is heard, it is heard once.
/// </summary>
internal sealed class WorkSignal
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <returns>False when nobody rang in the time given.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_rung.Reader.TryRead(out _))
        {
            return true;
        }

        using var deadline = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
