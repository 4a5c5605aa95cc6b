using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// A read model that follows the log. The runner calls, for every page of events: <see cref="PrepareAsync"/>, <see
/// cref="Apply"/> for one event after the other, <see cref="Write"/>, and after the commit <see cref="Committed"/>. After any
/// failure it begins again with
/// <see cref="LoadAsync"/>, so nothing that was folded but not committed survives in memory.
/// </summary>
/// <remarks>
/// The SQL of a projection names its tables without a schema: the session's search path says whether the live tables are meant or
/// those that a rebuild fills beside them.
/// </remarks>
internal abstract class Projection
{
    /// <summary>Such as <c>LofteStatus</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name of its row in <c>mt_event_progression</c>, as Marten names it.</summary>
    public string PositionRow => ProjectionNames.RowOf(Name);

    /// <summary>Forgets what is in memory and reads anew what folding needs.</summary>
    public abstract Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Reads what folding these events needs. An exception that is not the database's means that the first cannot be
    /// applied.</summary>
    /// <returns>How many of them, from the first on, can be folded and written in one go: at least one.</returns>
    public abstract Task<int> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken);

    /// <summary>Folds one event in memory. An exception means that it cannot be applied; memory is then as it was before the
    /// event.</summary>
    public abstract void Apply(StoredEvent stored);

    /// <summary>Adds the commands that make what was folded durable.</summary>
    public abstract void Write(NpgsqlBatch batch);

    /// <summary>What was written is now durable.</summary>
    public abstract void Committed();
}
