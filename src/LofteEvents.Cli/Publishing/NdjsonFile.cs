using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LofteEvents.Cli.Publishing;

/// <summary>One CloudEvent as JSON per line, as <c>lofte events export</c> writes it. Empty lines are passed over.</summary>
internal sealed class NdjsonFile(LineReader lines, bool keepRecordedTime) : IEventFile
{
    public const string RecordedTime = "recordedtime";

    public async IAsyncEnumerable<FileLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } utf8)
        {
            if (utf8.AsSpan().IndexOfAnyExcept(" \t"u8) < 0)
            {
                continue;
            }

            var line = Read(lines.Number, utf8);
            yield return line;
            if (line.Faults.Count > 0)
            {
                yield break;
            }
        }
    }

    public string PlaceOf(string pointer) => pointer;

    private FileLine Read(int number, byte[] utf8)
    {
        // The envelope is one level around the data, which may be as deep as the limit.
        if (StrictJson.Check(utf8, StrictJson.MaxDepth + 1) is { Count: > 0 } faults)
        {
            // The check counts lines of its own, and there is one; the file's line is told beside it.
            return FileLine.Faulty(number, [.. faults.Select(fault => fault with
            {
                Detail = fault.Detail.Replace("from line 1, byte", "from byte", StringComparison.Ordinal),
            })]);
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth + 2 });
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject
            ? ReadEvent(number, utf8, ref reader)
            : FileLine.Faulty(number, new Fault("", "This line is no JSON object; write one CloudEvent per line."));
    }

    private FileLine ReadEvent(int number, byte[] utf8, ref Utf8JsonReader reader)
    {
        string? source = null;
        string? type = null;
        var hasRecordedTime = false;
        var kept = new ArrayBufferWriter<byte>(utf8.Length + 2);
        kept.Write("{"u8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isRecordedTime = reader.ValueTextEquals(RecordedTime);
            var (isSource, isType) = (reader.ValueTextEquals("source"), reader.ValueTextEquals("type"));
            reader.Read();
            source = isSource && reader.TokenType == JsonTokenType.String ? reader.GetString() : source;
            type = isType && reader.TokenType == JsonTokenType.String ? reader.GetString() : type;
            reader.Skip();
            hasRecordedTime |= isRecordedTime;
            if (!isRecordedTime || keepRecordedTime)
            {
                kept.Write(kept.WrittenCount > 1 ? ","u8 : []);
                kept.Write(utf8.AsSpan(start, (int)reader.BytesConsumed - start));
            }
        }

        kept.Write("}"u8);
        return keepRecordedTime && !hasRecordedTime
            ? FileLine.Faulty(number, MissingRecordedTime)
            : new FileLine(number, kept.WrittenMemory, source, []) { IsSystems = keepRecordedTime && IsSystems(type) };
    }

    private static bool IsSystems(string? type) =>
        type?.StartsWith(CsvShape.TypePrefix, StringComparison.Ordinal) == true
        && EventCatalogue.TryFind(type[CsvShape.TypePrefix.Length..], out var found) && !found.ThroughIntake;

    /// <summary>An event recorded now among imported ones would put every later one of them behind it in time.</summary>
    public static Fault MissingRecordedTime { get; } = new(
        $"/{RecordedTime}",
        "Imported history says when each event was recorded; add recordedtime, or publish without --history.");
}
