namespace LofteEvents.Loften;

/// <summary>Refuses a division with parts that nothing could fall into, or that one event could fall into twice.</summary>
internal static class DivisionCheck
{
    public static void Check(Areas areas, Selector selector, Division division, string at, List<Refusal> faults)
    {
        if (division is SetDivision set)
            CheckSet(set, at, faults);

        if (division is AreaDivision byArea)
            CheckAreas(areas, selector, byArea, at, faults);

        if (division is ForumDivision && !SelectorCheck.Says(selector.Type, "forums"))
        {
            faults.Add(new(
                "definition.condition-never-met",
                $"Events of type '{KebabName.Of(selector.Type)}' belong to no forum, so none could ever count; divide them otherwise.",
                at));
        }
    }

    private static void CheckSet(SetDivision set, string at, List<Refusal> faults)
    {
        if (set.Of.Count == 0)
            faults.Add(new("definition.empty-set", "The set is empty, so there is nothing to promise; name its members.", $"{at}/of"));

        for (var i = 0; i < set.Of.Count; i++)
        {
            if (set.Of.ToList().IndexOf(set.Of[i]) < i)
                faults.Add(new("definition.member-twice", $"'{set.Of[i]}' is in the set twice; take one of them out.", $"{at}/of/{i}"));
        }
    }

    private static void CheckAreas(Areas areas, Selector selector, AreaDivision division, string at, List<Refusal> faults)
    {
        for (var i = 0; i < division.Of.Count; i++)
        {
            var member = division.Of[i];
            if (areas.Unknown(member, $"{at}/of/{i}") is { } unknown)
            {
                faults.Add(unknown);
                continue;
            }

            if (division.Of.FirstOrDefault(other => other != member && areas.Contains(other, member)) is { } outer)
            {
                faults.Add(new(
                    "definition.member-inside-member",
                    $"The area '{member}' lies inside '{outer}', which is in the set too, so one event would count twice; keep one of them.",
                    $"{at}/of/{i}"));
            }

            if (selector.Areas is { } selected && !selected.Any(area => areas.Contains(area, member) || areas.Contains(member, area)))
            {
                faults.Add(new(
                    "definition.condition-never-met",
                    $"The area '{member}' lies outside the areas that are selected, so nothing could ever count there; correct one of the two.",
                    $"{at}/of/{i}"));
            }
        }
    }
}
