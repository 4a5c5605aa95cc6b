using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>One compiled (sub)schema: what a value must hold to, keyword by keyword.</summary>
internal sealed class SchemaNode
{
    private SchemaKeyword[] _keywords = [];
    private string? _description;

    /// <summary>
    /// The first sentence of the annotation, here or where this refers to, without its full stop: what belongs in this place.
    /// </summary>
    public string? Description => _description ?? _keywords.OfType<RefKeyword>().FirstOrDefault()?.Target.Description;

    public string? Title { get; private set; }

    /// <summary>The values of the marked places are never quoted.</summary>
    public bool WriteOnly { get; private set; }

    public IReadOnlyList<SchemaKeyword> Keywords => _keywords;

    /// <summary>The schema <c>false</c>.</summary>
    public bool IsNever => _keywords is [NeverKeyword];

    /// <summary>Set once, after the node is known by its pointer, so that schemas may refer to themselves.</summary>
    public void Become(SchemaKeyword[] keywords, string? title, string? description, bool writeOnly)
    {
        _keywords = keywords;
        Title = title;
        _description = description?.Split(". ")[0].TrimEnd('.');
        WriteOnly = writeOnly;
    }

    /// <param name="report">Null on the first pass, which ends at the first fault.</param>
    public bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (report is not null)
            return HoldsReported(value, report);

        foreach (var keyword in _keywords)
        {
            if (!keyword.Holds(value, null))
                return false;
        }

        return true;
    }

    /// <summary>The keyword of this node, or of the one that it refers to.</summary>
    public K? Find<K>()
        where K : SchemaKeyword
    {
        foreach (var keyword in _keywords)
        {
            if (keyword is K found)
                return found;
            if (keyword is RefKeyword reference && reference.Target.Find<K>() is { } behind)
                return behind;
        }

        return null;
    }

    private bool HoldsReported(in JsonElement value, SchemaReport report)
    {
        if (WriteOnly)
            report.BeginSecret();

        var holds = true;
        foreach (var keyword in _keywords)
        {
            if (keyword.Holds(value, report))
                continue;

            holds = false;

            // A value of the wrong type has one fault, not one for everything that a value of that type lacks.
            if (keyword is TypeKeyword)
                break;
        }

        if (WriteOnly)
            report.EndSecret();

        return holds;
    }
}

/// <summary>One assertion of a schema, or several that are checked together.</summary>
internal abstract class SchemaKeyword
{
    /// <summary>True also for values of a type that the keyword does not speak of.</summary>
    public abstract bool Holds(in JsonElement value, SchemaReport? report);

    /// <summary>The schemas that apply to the very same value; the compiler sees to it that none leads back to itself.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

    protected static bool Fail(SchemaReport? report, string detail)
    {
        report?.Add(detail);
        return false;
    }
}
