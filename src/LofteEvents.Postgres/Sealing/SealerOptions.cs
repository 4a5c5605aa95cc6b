namespace LofteEvents.Postgres.Sealing;

/// <param name="Authority">Of the log's origin (<see cref="LogOrigin"/>).</param>
/// <param name="MaxDelay">How long an event may wait for its checkpoint.</param>
/// <param name="MaxLeaves">So many waiting events are sealed without waiting further.</param>
/// <param name="BatchLeaves">So many events go into one checkpoint at most.</param>
/// <param name="WalkLeaves">So many sealed events are read and hashed anew whenever the sealer has nothing else to do.</param>
public sealed record SealerOptions(string Authority, TimeSpan MaxDelay, int MaxLeaves, int BatchLeaves, int WalkLeaves)
{
    public static SealerOptions Default { get; } =
        new(LogOrigin.DefaultAuthority, TimeSpan.FromSeconds(10), MaxLeaves: 256, BatchLeaves: 4096, WalkLeaves: 4096);
}

/// <summary>What a sealer has just done; where a test lets it die.</summary>
internal enum SealerStep
{
    /// <summary>The state of a new log is on the disk; it has no key yet.</summary>
    Began,

    /// <summary>The new leaves are hashed.</summary>
    Hashed,

    /// <summary>The new state is on the disk; nothing is signed.</summary>
    Persisted,

    /// <summary>The checkpoint is signed; nobody has it.</summary>
    Signed,

    /// <summary>Leaves, tiles and checkpoint are written; the transaction is not committed.</summary>
    Written,

    /// <summary>They are committed.</summary>
    Published,
}
