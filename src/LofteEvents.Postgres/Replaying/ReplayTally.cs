using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Postgres.Replaying;

/// <summary>Counts what a replay folds and compares, and keeps the first differences.</summary>
internal sealed class ReplayTally(IProgress<long>? folded)
{
    private const int MostKept = 100;
    private const int EventsBetweenWords = 1_000;
    private const string CountedFact = "counted_fact";

    private readonly List<ReplayDifference> _differences = [];
    private long _events;
    private long _facts;
    private long _count;

    /// <summary>Rows of the table of facts that were compared, or found to be in no history.</summary>
    public long RowsSeen { get; private set; }

    public void FoldedOne()
    {
        _events++;
        if (_events % EventsBetweenWords == 0)
        {
            folded?.Report(_events);
        }
    }

    /// <summary>Compares a version with its row, which is taken out of <paramref name="rows"/>.</summary>
    public void Compare(Established version, Dictionary<LiveFactKey, byte[]> rows)
    {
        _facts++;
        var key = LiveFactKey.Of(version.Fact);
        var row = LiveFacts.RowOf(version);
        if (!rows.Remove(key, out var live))
        {
            Differs(new(CountedFact, key.ToString(), "", Text(row), null));
            return;
        }

        RowsSeen++;
        Compare(CountedFact, key.ToString(), row, live);
    }

    public void OnlyLive(LiveFactKey key, byte[] row)
    {
        RowsSeen++;
        Differs(new(CountedFact, key.ToString(), "", null, Text(row)));
    }

    public void OnlyLive(string of, string id, byte[] document) => Differs(new(of, id, "", null, Text(document)));

    public void OtherNumberOfFacts(long rows) => OtherNumber(CountedFact, _facts, rows);

    public void OtherNumber(string of, long folded, long live) => Differs(
        new(of, "number of rows", "", Number(folded), Number(live)));

    public static bool IsSame(byte[] folded, byte[]? live)
    {
        if (live is null)
        {
            return false;
        }

        using var one = JsonDocument.Parse(folded);
        using var other = JsonDocument.Parse(live);
        return !JsonDifference.Between(one.RootElement, other.RootElement).Any();
    }

    public void Compare<T>(
        string of, IReadOnlyDictionary<string, T> documents, IReadOnlyDictionary<string, byte[]> live, JsonTypeInfo<T> json)
    {
        foreach (var (id, document) in documents.OrderBy(document => document.Key, StringComparer.Ordinal))
        {
            Compare(of, id, JsonSerializer.SerializeToUtf8Bytes(document, json), live.GetValueOrDefault(id));
        }

        foreach (var (id, there) in live.Where(there => !documents.ContainsKey(there.Key)))
        {
            OnlyLive(of, id, there);
        }
    }

    public void Compare(string of, string document, byte[] folded, byte[]? live)
    {
        if (live is null)
        {
            Differs(new(of, document, "", Text(folded), null));
            return;
        }

        using var one = JsonDocument.Parse(folded);
        using var other = JsonDocument.Parse(live);
        foreach (var difference in JsonDifference.Between(one.RootElement, other.RootElement))
        {
            Differs(new(of, document, difference.Pointer, difference.One, difference.Other));
        }
    }

    public ReplayResult Result(ReplayPositions at, int statuses, int overviews, int notices) =>
        new(at, _events, statuses, overviews, notices, _facts, _count, _differences);

    private static string Text(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Differs(ReplayDifference difference)
    {
        _count++;
        if (_differences.Count < MostKept)
        {
            _differences.Add(difference);
        }
    }
}
