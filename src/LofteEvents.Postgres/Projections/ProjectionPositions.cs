using System.Collections.Concurrent;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// How far each projection is, as far as this process knows: told by its own runner right after a commit, and by
/// <see cref="ProjectionListener"/> when another process runs it. Never ahead of the database.
/// </summary>
public sealed class ProjectionPositions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The newest position known; 0 before anything is known.</summary>
    public long Current(string projection) => For(projection).Position;

    /// <summary>Waits until the projection has applied every event up to a position.</summary>
    /// <returns>False when it had not after the time given.</returns>
    public async Task<bool> WaitForAsync(
        string projection, long position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var known = For(projection);
        if (known.Position >= position)
        {
            return true;
        }

        using var deadline = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (true)
        {
            var next = known.Next;
            if (known.Position >= position)
            {
                return true;
            }

            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (
                deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return known.Position >= position;
            }
        }
    }

    /// <summary>
    /// A position never goes back here, except when a rebuild or a restore says so through <paramref name="mayFall"/>.
    /// </summary>
    internal void Moved(string projection, long position, bool mayFall = false) => For(projection).MoveTo(position, mayFall);

    private Known For(string projection) => _known.GetOrAdd(projection, _ => new Known());

    private sealed class Known
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _position;

        public long Position => Volatile.Read(ref _position);

        public Task Next
        {
            get
            {
                lock (_lock)
                {
                    return _next.Task;
                }
            }
        }

        public void MoveTo(long position, bool mayFall)
        {
            TaskCompletionSource moved;
            lock (_lock)
            {
                if (position == _position || (position < _position && !mayFall))
                {
                    return;
                }

                Volatile.Write(ref _position, position);
                moved = _next;
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            moved.SetResult();
        }
    }
}
