namespace LofteEvents.Cli.Publishing;

/// <summary>A file of events, whatever its format, read as it streams in.</summary>
internal interface IEventFile
{
    /// <summary>The events in the order of the file. After a line that cannot be read come no more.</summary>
    IAsyncEnumerable<FileLine> ReadAsync(CancellationToken cancellationToken);

    /// <summary>A place in an event as whoever edits the file knows it.</summary>
    /// <param name="pointer">JSON pointer into the CloudEvent.</param>
    string PlaceOf(string pointer);
}

/// <summary>One event of a file, or what is wrong where one should be.</summary>
/// <param name="Number">The line that it begins on, from 1.</param>
/// <param name="Event">A CloudEvent as JSON in UTF-8; empty where there are faults.</param>
/// <param name="Source">CloudEvents <c>source</c>, where it can be read.</param>
/// <param name="Faults">With pointers into the CloudEvent; none in a sound line.</param>
internal sealed record FileLine(int Number, ReadOnlyMemory<byte> Event, string? Source, IReadOnlyList<Fault> Faults)
{
    /// <summary>
    /// Whether a system recorded it of itself: such lines of an export are no publisher's to say again, and are left out.
    /// </summary>
    public bool IsSystems { get; init; }

    public static FileLine Faulty(int number, params IReadOnlyList<Fault> faults) => new(number, default, null, faults);
}
