using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents;

/// <summary>An area of the deployment.</summary>
/// <param name="Id">Kebab-case, such as <c>norrmalm</c>.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Parent">The area that it lies inside; null for an outermost one.</param>
/// <param name="Municipality">The municipality's code by Statistics Sweden, four digits; inherited from the parent where
/// absent.</param>
public sealed record Area(string Id, string Name, string? Parent = null, string? Municipality = null);

/// <summary>
/// The areas of one deployment, each inside at most one other. Selectors name an area and include what lies inside.
/// </summary>
public sealed class Areas
{
    private readonly FrozenDictionary<string, Area> _byId;
    private readonly FrozenSet<(string Area, string Inside)> _inside;

    private Areas(IReadOnlyList<Area> areas)
    {
        All = areas;
        _byId = areas.ToFrozenDictionary(area => area.Id, StringComparer.Ordinal);
        _inside = areas.SelectMany(area => WithAncestors(area).Select(outer => (outer.Id, area.Id))).ToFrozenSet();
    }

    /// <summary>A deployment without areas: every area is unknown.</summary>
    public static Areas None { get; } = new([]);

    public IReadOnlyList<Area> All { get; }

    public bool Knows(string area) => _byId.ContainsKey(area);

    public bool TryFind(string id, [NotNullWhen(true)] out Area? area) => _byId.TryGetValue(id, out area);

    /// <summary>True where <paramref name="inside"/> is <paramref name="area"/> itself or lies in it, at any depth.</summary>
    public bool Contains(string area, string inside) => _inside.Contains((area, inside));

    /// <summary>The area and every area that it lies inside, outwards; the id alone where it is not declared.</summary>
    public IReadOnlyList<string> Outwards(string area) =>
        TryFind(area, out var found) ? [.. WithAncestors(found).Select(outer => outer.Id)] : [area];

    /// <summary>
    /// The code of the municipality that an area lies in; null where neither it nor what it lies inside has one.
    /// </summary>
    public string? MunicipalityOf(string area) =>
        TryFind(area, out var found)
            ? WithAncestors(found).Select(outer => outer.Municipality).FirstOrDefault(code => code is not null)
            : null;

    /// <summary>The refusal of an area that is not declared; null where it is.</summary>
    /// <param name="pointer">Where the area is named, in the event's data.</param>
    public Refusal? Unknown(string area, string pointer) =>
        Knows(area)
            ? null
            : new Refusal(
                "area.unknown",
                $"The area '{area}' is not one of this deployment's {All.Count} areas; "
                    + "name one that is, or have it declared in areas.json.",
                pointer);

    /// <summary>All areas, or every reason why they make no tree.</summary>
    public static Areas? Of(IReadOnlyList<Area> areas, out IReadOnlyList<Refusal> refusals)
    {
        refusals = AreasCheck.Faults(areas);
        return refusals.Count == 0 ? new Areas(areas) : null;
    }

    /// <summary>
    /// The areas of a deployment's file: <c>{"areas":[{"id","name","parent","municipality"}]}</c>, JSON in UTF-8.
    /// </summary>
    public static Areas? Parse(ReadOnlySpan<byte> utf8, out IReadOnlyList<Refusal> refusals)
    {
        if (AreasJson.Read(utf8, out refusals) is { } areas)
            return Of(areas, out refusals);

        return null;
    }

    private IEnumerable<Area> WithAncestors(Area area)
    {
        for (Area? at = area; at is not null; at = at.Parent is null ? null : _byId[at.Parent])
            yield return at;
    }
}
