using System.Globalization;
using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>
/// <c>prefixItems</c>, <c>items</c> (Core §10.3.1), <c>minItems</c>, <c>maxItems</c> and <c>uniqueItems</c> (Validation §6.4).
/// Items of an array that is too long are not looked at.
/// </summary>
internal sealed class ArrayKeyword(SchemaNode[] prefix, SchemaNode? items, int minCount, int? maxCount, bool unique)
    : SchemaKeyword
{
    /// <summary>So many items are compared one by one; more are compared by their canonical text.</summary>
    private const int FewItems = 32;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return true;

        var count = value.GetArrayLength();
        if (count > maxCount)
            return Fail(report, $"This list has {count} items; at most {maxCount} are allowed.");

        return ItemsHold(value, report)
            & (count >= minCount || Fail(report, $"This list has {count} items; at least {minCount} are needed."))
            & (!unique || AreUnique(value, count, report));
    }

    private bool ItemsHold(in JsonElement value, SchemaReport? report)
    {
        if (prefix.Length == 0 && items is null)
            return true;

        var holds = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var schema = index < prefix.Length ? prefix[index] : items;
            report?.Enter(index.ToString(CultureInfo.InvariantCulture));
            holds &= schema is null || (schema.IsNever && report is not null
                ? Fail(report, $"This list may have {prefix.Length} items only; take this one out.")
                : schema.Holds(item, report));
            report?.Leave();
            if (!holds && report is null)
                return false;

            index++;
        }

        return holds;
    }

    private static bool AreUnique(in JsonElement value, int count, SchemaReport? report)
    {
        if (count > FewItems)
            return AreManyUnique(value, report);

        for (var i = 1; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (JsonElement.DeepEquals(value[i], value[j]))
                    return Twice(i, j, report);
            }
        }

        return true;
    }

    private static bool AreManyUnique(in JsonElement value, SchemaReport? report)
    {
        var seen = new Dictionary<JsonElement, int>(JsonValueComparer.Instance);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.TryAdd(item, index))
                return Twice(index, seen[item], report);

            index++;
        }

        return true;
    }

    private static bool Twice(int index, int earlier, SchemaReport? report)
    {
        report?.AddAt(
            index.ToString(CultureInfo.InvariantCulture),
            $"This item is the same as item {earlier} (counted from 0); keep one of them.");
        return false;
    }
}
