using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace LofteEvents.Cli.Publishing;

/// <summary>
/// One event a row under a header (RFC 4180). A column is a CloudEvents attribute (<c>type</c>, <c>source</c>, <c>id</c>,
/// <c>subject</c>, <c>time</c> and extensions) or a member of the data (<c>data.place.area</c>); an empty cell leaves it out.
/// What a cell holds, a number or a text or several, is told by the schema of the row's type.
/// </summary>
internal sealed class CsvFile(LineReader lines, bool keepRecordedTime) : IEventFile
{
    private const string DataPrefix = "data.";
    private static readonly string[] Needed = ["type", "source", "id", "subject", "time"];
    private static readonly char[] Delimiters = [',', ';', '\t'];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string[] columns = [];
    private char delimiter = ',';

    public async IAsyncEnumerable<FileLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await lines.ReadLineAsync(cancellationToken) is not { } head)
        {
            yield break;
        }

        if (ReadHead(head) is { Count: > 0 } faults)
        {
            yield return FileLine.Faulty(1, faults);
            yield break;
        }

        while (await ReadRecordAsync(cancellationToken) is { } record)
        {
            var line = record.Cells is null ? FileLine.Faulty(record.Number, NotReadable) : ReadRow(record.Number, record.Cells);
            if (line is not null)
            {
                yield return line;
            }

            if (line is { Faults.Count: > 0 })
            {
                yield break;
            }
        }
    }

    public string PlaceOf(string pointer)
    {
        var path = pointer.TrimStart('/').Replace('/', '.');
        var column = columns.Where(name => path == name || path.StartsWith(name + ".", StringComparison.Ordinal))
            .MaxBy(name => name.Length);
        return column is null ? pointer : $"column {column}";
    }

    private static Fault NotReadable { get; } = new(
        "",
        "This row cannot be read: write the file in UTF-8, quote cells that hold delimiters or quotes, and double the quotes "
        + "inside them.");

    private List<Fault> ReadHead(byte[] head)
    {
        var faults = new List<Fault>();
        if (Text(head) is not { } text)
        {
            return [NotReadable];
        }

        delimiter = Delimiters.MaxBy(each => text.Count(character => character == each));
        columns = [.. (CsvRecord.Cells(text, delimiter) ?? []).Select(name => name.Trim())];
        foreach (var missing in Needed.Except(columns))
        {
            faults.Add(new Fault(
                "", $"The header has no column {missing}; it needs {string.Join(", ", Needed)} and data.… columns."));
        }

        foreach (var twice in columns.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            faults.Add(new Fault("", $"The column {twice.Key} stands twice in the header; keep one of them."));
        }

        foreach (var unknown in columns.Where(name => !IsAttribute(name) && !IsData(name)))
        {
            faults.Add(new Fault(
                "",
                $"The column '{unknown}' is neither a CloudEvents attribute (small letters and digits) nor a member of the data "
                + "(data.place.area); rename it or take it out."));
        }

        return faults;
    }

    /// <summary>The next record, whose quoted cells may hold line ends; no cells where it cannot be read.</summary>
    private async Task<(int Number, string[]? Cells)?> ReadRecordAsync(CancellationToken cancellationToken)
    {
        if (await lines.ReadLineAsync(cancellationToken) is not { } line)
        {
            return null;
        }

        var number = lines.Number;
        var record = new StringBuilder();
        while (true)
        {
            if (Text(line) is not { } text)
            {
                return (number, null);
            }

            record.Append(text);
            if (!CsvRecord.IsOpen(record))
            {
                return (number, CsvRecord.Cells(record.ToString(), delimiter));
            }

            if (record.Length > LineReader.LongestLineBytes || await lines.ReadLineAsync(cancellationToken) is not { } next)
            {
                return (number, null);
            }

            record.Append('\n');
            line = next;
        }
    }

    private FileLine? ReadRow(int number, string[] cells)
    {
        if (cells.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        if (cells.Length != columns.Length)
        {
            return FileLine.Faulty(
                number, new Fault("", $"This row has {cells.Length} cells and the header {columns.Length}; make them equal."));
        }

        var said = columns
            .Zip(cells, (name, cell) => (Name: name, Cell: cell.Trim()))
            .Where(each => each.Cell.Length > 0)
            .ToList();
        var attributes = said.Where(each => IsAttribute(each.Name)).ToDictionary(each => each.Name, each => each.Cell);
        if (keepRecordedTime && !attributes.ContainsKey(NdjsonFile.RecordedTime))
        {
            return FileLine.Faulty(number, NdjsonFile.MissingRecordedTime);
        }

        var shape = CsvShape.Of(attributes.GetValueOrDefault("type"));
        var data = new JsonObject();
        foreach (var (name, cell) in said.Where(each => IsData(each.Name)))
        {
            if (shape.Put(data, name[DataPrefix.Length..].Split('.'), cell) is { } fault)
            {
                return FileLine.Faulty(number, new Fault($"/{name.Replace('.', '/')}", fault));
            }
        }

        var made = new JsonObject { ["specversion"] = "1.0" };
        foreach (var (name, cell) in attributes.Where(each => keepRecordedTime || each.Key != NdjsonFile.RecordedTime))
        {
            made[name] = cell;
        }

        made["data"] = data;
        return new FileLine(number, Encoding.UTF8.GetBytes(made.ToJsonString()), attributes.GetValueOrDefault("source"), []);
    }

    private static string? Text(byte[] utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsAttribute(string name) => name.Length > 0 && name != "data" && name.All(char.IsAsciiLetterOrDigit)
        && !name.Any(char.IsAsciiLetterUpper);

    private static bool IsData(string name) =>
        name.StartsWith(DataPrefix, StringComparison.Ordinal) && name.Split('.').All(part => part.Length > 0);
}
