using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Server.Loften;

/// <param name="On">The day that is judged; null for today, whichever day that comes to be.</param>
internal readonly record struct FeedKey(string Lofte, DateOnly? On);

/// <summary>
/// Tells followers when a promise's status changes. One watch for each promise that is followed, however many follow it: it is
/// woken by the projection and reads once for all. A follower always gets the newest status, so one that reads slowly skips what
/// came between and holds nothing up.
/// </summary>
internal sealed partial class LofteFeed(
    StatusReader statuses, ProjectionPositions positions, TimeProvider clock, ILogger<LofteFeed> log)
{
    /// <summary>A watch reads no more often than this, however fast events come.</summary>
    private static readonly TimeSpan s_betweenReads = TimeSpan.FromMilliseconds(250);

    /// <summary>A watch that is not woken looks all the same: a new day changes verdicts without an event.</summary>
    private static readonly TimeSpan s_looksAnyway = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<FeedKey, Watch> _watches = [];

    public Task<JudgedStatus?> ReadAsync(FeedKey key, long? asOf, CancellationToken cancellationToken) =>
        statuses.ReadAsync(
            key.Lofte, new PositionAsked(asOf), key.On ?? Stockholm.DayOf(clock.GetUtcNow()), cancellationToken);

    /// <summary>
    /// The status as it stands where it is another than at <paramref name="after"/>, then each change.
    /// </summary>
    /// <param name="now">As it was just read.</param>
    /// <param name="after">The position that the follower knows; null where it knows nothing.</param>
    /// <param name="quiet">After so long without a change a null is given.</param>
    public async IAsyncEnumerable<FeedState?> FollowAsync(
        FeedKey key,
        FeedState now,
        long? after,
        TimeSpan quiet,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = Join(key, now);
        var told = await KnowsAsync(key, now, after, cancellationToken) ? now : null;
        while (true)
        {
            var next = watch.Next;
            var newest = watch.Newest;
            if (told is null || !newest.SaysSame(told))
            {
                told = newest;
                yield return newest;
            }

            var changed = next.WaitAsync(quiet, clock, cancellationToken);
            await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (changed.IsFaulted)
            {
                yield return null;
            }
        }
    }

    /// <summary>Whether what was true at a position is what is true now. A position beyond the log is of another log.</summary>
    private async Task<bool> KnowsAsync(FeedKey key, FeedState now, long? after, CancellationToken cancellationToken)
    {
        if (after is not { } position || position > positions.Current(ProjectionNames.LofteStatus))
        {
            return false;
        }

        return position >= now.Position
            || (await ReadAsync(key, position, cancellationToken) is { } then && FeedState.Of(then).SaysSame(now));
    }

    private Watch Join(FeedKey key, FeedState now)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(key, out var watch))
            {
                _watches[key] = watch = new Watch(this, key, now);
                watch.Running = WatchAsync(watch);
            }

            watch.Tell(now);
            watch.Followers++;
            return watch;
        }
    }

    private void Leave(Watch watch)
    {
        lock (_lock)
        {
            if (--watch.Followers == 0)
            {
                _watches.Remove(watch.Key);
                watch.End();
            }
        }
    }

    private async Task WatchAsync(Watch watch)
    {
        var ended = watch.Ended;
        var seen = 0L;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var reached = positions.Current(ProjectionNames.LofteStatus);
                if (await ReadAsync(watch.Key, null, ended) is { } status)
                {
                    watch.Tell(FeedState.Of(status));
                    seen = reached;
                }

                await Task.Delay(s_betweenReads, clock, ended);
                await positions.WaitForAsync(ProjectionNames.LofteStatus, seen + 1, s_looksAnyway, ended);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (
                away is NpgsqlException or EventStoreUnavailableException or TimeoutException or IOException)
            {
                LogAway(watch.Key.Lofte, away.Message);
                await Task.Delay(s_betweenReads * 4, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The feed of {Lofte} waits for the database: {Reason}")]
    private partial void LogAway(string lofte, string reason);

    /// <summary>What the followers of one promise share.</summary>
    private sealed class Watch(LofteFeed feed, FeedKey key, FeedState now) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private volatile FeedState _newest = now;
        private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FeedKey Key => key;

        public int Followers { get; set; }

        public Task? Running { get; set; }

        public CancellationToken Ended => _ended.Token;

        public FeedState Newest => _newest;

        /// <summary>Completes when there is something newer than what <see cref="Newest"/> says after this was read.</summary>
        public Task Next => _next.Task;

        public void Tell(FeedState state)
        {
            if (state.Position < _newest.Position || state.SaysSame(_newest))
            {
                return;
            }

            _newest = state;
            var told = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }

        public void End() => _ended.Cancel();

        /// <summary>One follower leaves.</summary>
        public void Dispose() => feed.Leave(this);
    }
}

/// <summary>A status as the feed tells it.</summary>
/// <param name="Position">What it rests on.</param>
/// <param name="Json">As <c>/loften/{id}/status</c> answers it.</param>
/// <param name="Content">The same without what changes by itself: position, time and day.</param>
internal sealed record FeedState(long Position, byte[] Json, byte[] Content)
{
    public static FeedState Of(JudgedStatus status) => new(
        status.Answer.Position,
        status.Json,
        LoftenJson.Write(status.Answer with { Position = 0, AsOf = null, On = default }));

    public bool SaysSame(FeedState other) => Content.AsSpan().SequenceEqual(other.Content);
}
