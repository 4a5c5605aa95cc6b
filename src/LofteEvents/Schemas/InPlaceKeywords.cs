using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary><c>$ref</c> to a definition of the same schema (Core §8.2.3.1).</summary>
internal sealed class RefKeyword(SchemaNode target) : SchemaKeyword
{
    public SchemaNode Target => target;

    public override IEnumerable<SchemaNode> InPlace => [target];

    public override bool Holds(in JsonElement value, SchemaReport? report) => target.Holds(value, report);
}

/// <summary><c>allOf</c> (Core §10.2.1.1).</summary>
internal sealed class AllOfKeyword(SchemaNode[] all) : SchemaKeyword
{
    public override IEnumerable<SchemaNode> InPlace => all;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        var holds = true;
        foreach (var schema in all)
        {
            holds &= schema.Holds(value, report);
            if (!holds && report is null)
                return false;
        }

        return holds;
    }
}

/// <summary><c>not</c> (Core §10.2.1.4).</summary>
internal sealed class NotKeyword(SchemaNode excluded) : SchemaKeyword
{
    public override IEnumerable<SchemaNode> InPlace => [excluded];

    public override bool Holds(in JsonElement value, SchemaReport? report) =>
        !excluded.Holds(value, null)
        || (report is not null && Fail(report, excluded.Description is { } description
            ? $"What stands here may not: {description}."
            : $"{report.Quote(value)} may not stand here; change it."));
}

/// <summary><c>if</c>, <c>then</c>, <c>else</c> (Core §10.2.2).</summary>
internal sealed class ConditionalKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : SchemaKeyword
{
    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override bool Holds(in JsonElement value, SchemaReport? report) =>
        (condition.Holds(value, null) ? then : otherwise)?.Holds(value, report) ?? true;
}
