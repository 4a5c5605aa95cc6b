using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LofteEvents.Schemas;

/// <summary>
/// What an object's members are held to, in one pass: <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>,
/// <c>propertyNames</c> (Core §10.3.2), <c>required</c>, <c>minProperties</c> and <c>maxProperties</c> (Validation §6.5).
/// </summary>
internal sealed class ObjectKeyword(ObjectRules rules) : SchemaKeyword
{
    /// <summary>Required members are counted off in the bits of one word.</summary>
    public const int MostRequired = 64;

    private readonly ulong _allRequired = rules.RequiredCount == MostRequired ? ulong.MaxValue : (1UL << rules.RequiredCount) - 1;

    public ObjectRules Rules => rules;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return true;

        var holds = true;
        var seen = 0UL;
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            count++;
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            ReadOnlySpan<byte> plainName = name.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : name;
            var known = Find(plainName);
            if (known is { RequiredBit: >= 0 and var bit })
                seen |= 1UL << bit;

            holds &= MemberHolds(member, plainName, known?.Schema, report);
            if (!holds && report is null)
                return false;
        }

        return CountHolds(count, report) & RequiredHolds(seen, report) & holds;
    }

    private KnownMember? Find(ReadOnlySpan<byte> name)
    {
        foreach (var known in rules.Members)
        {
            if (name.SequenceEqual(known.Utf8Name))
                return known;
        }

        return null;
    }

    private bool MemberHolds(JsonProperty member, ReadOnlySpan<byte> name, SchemaNode? known, SchemaReport? report)
    {
        if (rules.IsSimple && known is not null && report is null)
            return known.Holds(member.Value, null);

        // The name of a member that nobody knows may itself be secret.
        var reported = report is { IsSecret: true } && known is null ? null : report;
        reported?.Enter(member.Name);
        var holds = NameHolds(member, report);
        var evaluated = known is not null;
        if (known is not null)
            holds &= known.Holds(member.Value, report);

        foreach (var (pattern, schema) in rules.Patterns)
        {
            if (!StringKeyword.Matches(pattern, name))
                continue;

            evaluated = true;
            holds &= schema.Holds(member.Value, report);
        }

        if (!evaluated && rules.Additional is { } additional)
            holds &= additional.IsNever ? IsUnknown(member, report) : additional.Holds(member.Value, report);

        reported?.Leave();
        return holds;
    }

    private bool NameHolds(JsonProperty member, SchemaReport? report)
    {
        if (rules.Names is null)
            return true;

        // A name is judged as the text that it is.
        var name = JsonSerializer.SerializeToUtf8Bytes(member.Name, EventsJson.Default.String);
        using var document = JsonDocument.Parse(name);
        return rules.Names.Holds(document.RootElement, report);
    }

    private bool IsUnknown(JsonProperty member, SchemaReport? report)
    {
        if (report is not null)
            ReportUnknown(member, report);

        return false;
    }

    private void ReportUnknown(JsonProperty member, SchemaReport report)
    {
        var near = rules.Members
            .Where(known => known.Schema is not null)
            .Select(known => (known.Name, Steps: Spelling.Steps(known.Name, member.Name)))
            .Where(known => known.Steps <= 2)
            .OrderBy(known => known.Steps)
            .FirstOrDefault().Name;
        report.Add(report.IsSecret ? "There is a member here that is not known; take it out."
            : near is null ? $"'{member.Name}' is not known here; take it out."
            : $"'{member.Name}' is not known here; was '{near}' meant?");
    }

    private bool RequiredHolds(ulong seen, SchemaReport? report)
    {
        if (seen == _allRequired)
            return true;
        if (report is not null)
            ReportMissing(seen, report);

        return false;
    }

    private void ReportMissing(ulong seen, SchemaReport report)
    {
        foreach (var known in rules.Members.Where(known => known.RequiredBit >= 0 && (seen & (1UL << known.RequiredBit)) == 0))
        {
            var what = known.Schema?.Description is { } description ? $" ({description})" : "";
            report.AddAt(known.Name, $"'{known.Name}' is missing; add it{what}.");
        }
    }

    private bool CountHolds(int count, SchemaReport? report)
    {
        if (count < rules.MinCount)
            return Fail(report, $"This object has {count} members; at least {rules.MinCount} are needed.");
        if (count > rules.MaxCount)
            return Fail(report, $"This object has {count} members; at most {rules.MaxCount} are allowed.");

        return true;
    }
}

/// <param name="Members">Those named in <c>properties</c> or <c>required</c>.</param>
/// <param name="Additional">Null where any further member may be.</param>
internal sealed record ObjectRules(
    KnownMember[] Members,
    (Regex Pattern, SchemaNode Schema)[] Patterns,
    SchemaNode? Additional,
    SchemaNode? Names,
    int MinCount,
    int? MaxCount)
{
    public int RequiredCount { get; } = Members.Count(known => known.RequiredBit >= 0);

    /// <summary>A known member is judged by its own schema alone.</summary>
    public bool IsSimple { get; } = Patterns.Length == 0 && Names is null;
}

/// <param name="Schema">Null where the name is required and not described.</param>
/// <param name="RequiredBit">-1 where the member may be missing.</param>
internal sealed record KnownMember(string Name, SchemaNode? Schema, int RequiredBit)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(Name);

    public ReadOnlySpan<byte> Utf8Name => _utf8Name;
}
