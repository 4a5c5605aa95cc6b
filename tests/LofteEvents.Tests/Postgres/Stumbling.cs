using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>A projection whose code cannot apply one event: what a deployed fault looks like.</summary>
internal sealed class Stumbling(Projection inner, Func<StoredEvent, bool> over) : Projection
{
    public override string Name => inner.Name;

    public override Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        inner.LoadAsync(connection, cancellationToken);

    public override Task<int> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken) =>
        inner.PrepareAsync(connection, page, cancellationToken);

    public override void Apply(StoredEvent stored)
    {
        if (over(stored))
        {
            throw new InvalidOperationException("It stumbles here.");
        }

        inner.Apply(stored);
    }

    public override void Write(NpgsqlBatch batch) => inner.Write(batch);

    public override void Committed() => inner.Committed();
}
