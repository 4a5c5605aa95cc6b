namespace LofteEvents;

/// <summary>An event with the two times and the places it has in the log.</summary>
/// <param name="Position">Place in the one global order.</param>
/// <param name="Stream">Such as <c>insats/2018-03-16-sergels-torg</c>.</param>
/// <param name="Version">Place in the stream, from 1.</param>
/// <param name="HappenedAt">When it happened, by its publisher (CloudEvents <c>time</c>).</param>
/// <param name="RecordedAt">When we learnt it.</param>
/// <param name="Imported">True for history that was brought in from elsewhere, which dealt with it then.</param>
public sealed record Recorded<E>(
    long Position, Guid Id, string Stream, long Version, E Event, DateTimeOffset HappenedAt, DateTimeOffset RecordedAt,
    bool Imported = false)
    where E : DomainEvent;
