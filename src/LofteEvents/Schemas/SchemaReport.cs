using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>Gathers faults on the second pass over a document that did not hold, with the way to where the pass is.</summary>
internal sealed class SchemaReport
{
    public const int MaxFaults = 100;
    private const int LongestQuote = 40;

    private readonly List<string> _way = [];
    private int _secrets;

    public List<Fault> Faults { get; private set; } = [];

    /// <summary>Enters a member or item, until <see cref="Leave"/>.</summary>
    public void Enter(string segment) => _way.Add(segment);

    public void Leave() => _way.RemoveAt(_way.Count - 1);

    /// <summary>What is reported between this and <see cref="EndSecret"/> quotes nothing of the document.</summary>
    public void BeginSecret() => _secrets++;

    public void EndSecret() => _secrets--;

    /// <summary>Nothing of the document may be quoted here, names of members included.</summary>
    public bool IsSecret => _secrets > 0;

    public void Add(string detail)
    {
        if (Faults.Count < MaxFaults)
            Faults.Add(new Fault(Pointer(), detail));
    }

    public void AddAt(string member, string detail)
    {
        Enter(member);
        Add(detail);
        Leave();
    }

    /// <summary>What <paramref name="attempt"/> would report, without reporting it.</summary>
    public List<Fault> Try(Action<SchemaReport> attempt)
    {
        var kept = Faults;
        Faults = [];
        attempt(this);
        var tried = Faults;
        Faults = kept;
        return tried;
    }

    public void AddAll(IEnumerable<Fault> faults) => Faults.AddRange(faults.Take(MaxFaults - Faults.Count));

    /// <summary>A value as it may be quoted in a sentence: short, and never a secret one.</summary>
    public string Quote(JsonElement value)
    {
        if (IsSecret)
            return "This value";
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return "What stands here";

        var text = value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText();
        return text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, CutAt(text)), "…");
    }

    /// <summary>Not between the halves of a surrogate pair.</summary>
    private static int CutAt(string text) => char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;

    private string Pointer() => _way.Aggregate("", JsonPointer.Member);
}
