namespace LofteEvents;

/// <summary>Areas make a forest: every parent is there, and no area lies inside itself.</summary>
internal static class AreasCheck
{
    public static IReadOnlyList<Refusal> Faults(IReadOnlyList<Area> areas)
    {
        var faults = new List<Refusal>();
        var byId = new Dictionary<string, Area>(StringComparer.Ordinal);
        for (var i = 0; i < areas.Count; i++)
        {
            var id = areas[i].Id;
            if (!IsKebabCase(id))
                faults.Add(new Refusal("area.id", $"The area id '{id}' is not kebab-case, such as norrmalm.", $"/areas/{i}/id"));
            if (!byId.TryAdd(id, areas[i]))
                faults.Add(new Refusal("area.twice", $"The area '{id}' is declared twice; keep one of them.", $"/areas/{i}/id"));
        }

        for (var i = 0; i < areas.Count; i++)
        {
            if (areas[i].Parent is { } parent && !byId.ContainsKey(parent))
            {
                faults.Add(new Refusal(
                    "area.unknown",
                    $"The area '{areas[i].Id}' lies inside '{parent}', which is not declared; declare it or name another parent.",
                    $"/areas/{i}/parent"));
            }
            else if (LiesInsideItself(areas[i], byId))
            {
                faults.Add(new Refusal(
                    "area.inside-itself",
                    $"The area '{areas[i].Id}' lies inside itself by way of its parents; take one of the parents away.",
                    $"/areas/{i}/parent"));
            }
        }

        return faults;
    }

    private static bool IsKebabCase(string id) =>
        id.Length is > 0 and <= 64 && id.Split('-').All(word => word.Length > 0 && word.All(IsKebabLetter));

    private static bool IsKebabLetter(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);

    private static bool LiesInsideItself(Area area, Dictionary<string, Area> byId)
    {
        var at = area;
        for (var steps = 0; steps < byId.Count && at.Parent is not null && byId.TryGetValue(at.Parent, out at); steps++)
        {
            if (at.Id == area.Id)
                return true;
        }

        return false;
    }
}
