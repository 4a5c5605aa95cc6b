namespace LofteEvents.Cli.Publishing;

/// <summary>Which format a file of events has.</summary>
internal static class EventFile
{
    public const string Ndjson = "ndjson";
    public const string Csv = "csv";

    /// <param name="format">What the user said; null to go by the name, and by the first character where the name says
    /// nothing.</param>
    /// <param name="keepRecordedTime">Whether <c>recordedtime</c> goes along, as in imported history.</param>
    public static async Task<IEventFile> OpenAsync(
        Stream stream, string name, string? format, bool keepRecordedTime, CancellationToken cancellationToken)
    {
        var lines = new LineReader(stream);
        format ??= Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".ndjson" or ".jsonl" or ".json" => Ndjson,
            ".csv" => Csv,
            _ => await lines.FirstCharacterAsync(cancellationToken) is (byte)'{' ? Ndjson : Csv,
        };
        return format == Csv ? new CsvFile(lines, keepRecordedTime) : new NdjsonFile(lines, keepRecordedTime);
    }
}
