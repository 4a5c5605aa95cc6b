namespace LofteEvents.Loften;

/// <summary>Refuses conditions that no event can meet, and words that the promise or the deployment does not know.</summary>
internal static class SelectorCheck
{
    private static readonly FactType[] Countable = [FactType.Insats, FactType.ForumMeeting, FactType.ForumActivity, FactType.Request];

    public static void Check(LofteDefinition definition, Areas areas, Selector selector, string at, List<Refusal> faults)
    {
        if (!Countable.Contains(selector.Type))
        {
            faults.Add(new(
                "definition.type-not-countable",
                $"'{KebabName.Of(selector.Type)}' is shown but never counted; count one of {string.Join(", ", Countable.Select(KebabName.Of))}.",
                $"{at}/type"));
        }

        Kinds(definition, selector, at, faults);
        for (var i = 0; i < (selector.Areas?.Count ?? 0); i++)
        {
            if (areas.Unknown(selector.Areas![i], $"{at}/areas/{i}") is { } unknown)
                faults.Add(unknown);
        }

        foreach (var (name, list) in Lists(selector))
        {
            if (list is 0)
                faults.Add(new("definition.empty-set", $"'{name}' is empty, so nothing could ever count; name at least one, or leave it out.", $"{at}/{name}"));
            if (list is not null && !Says(selector.Type, name))
            {
                faults.Add(new(
                    "definition.condition-never-met",
                    $"Events of type '{KebabName.Of(selector.Type)}' say nothing about '{name}', so none could ever count; take it out.",
                    $"{at}/{name}"));
            }
        }

        if (selector.Tags?.Intersect(selector.WithoutTags ?? []).FirstOrDefault() is { } both)
        {
            faults.Add(new(
                "definition.condition-never-met",
                $"The tag '{both}' is demanded and excluded, so nothing could ever count; take it out of one of the lists.",
                $"{at}/withoutTags"));
        }

        if (selector.TimeOfDay is { } window && window.From == window.To)
        {
            faults.Add(new(
                "definition.window-empty",
                $"The time of day from {window.From:HH:mm} to {window.To:HH:mm} is empty; correct one end, or leave it out for the whole day.",
                $"{at}/timeOfDay"));
        }
    }

    private static void Kinds(LofteDefinition definition, Selector selector, string at, List<Refusal> faults)
    {
        for (var i = 0; i < (selector.Kinds?.Count ?? 0); i++)
        {
            var kind = selector.Kinds![i];
            if (definition.Kinds.Any(declared => declared.Id == kind))
                continue;

            var declaredKinds = string.Join(", ", definition.Kinds.Select(declared => declared.Id));
            faults.Add(new(
                "definition.kind-undeclared",
                $"The kind '{kind}' is not declared by this promise ({declaredKinds}); add it to kinds, or correct the spelling.",
                $"{at}/kinds/{i}"));
        }
    }

    /// <summary>How many each condition names, by its name in JSON; null where it is left out.</summary>
    private static IEnumerable<(string Name, int? Count)> Lists(Selector selector) =>
    [
        ("kinds", selector.Kinds?.Count),
        ("tags", selector.Tags?.Count),
        ("withoutTags", selector.WithoutTags?.Count),
        ("areas", selector.Areas?.Count),
        ("places", selector.Places?.Count),
        ("forums", selector.Forums?.Count),
        ("targetGroups", selector.TargetGroups?.Count),
        ("parties", selector.Parties?.Count),
        ("anyParty", selector.AnyParty?.Count),
    ];

    /// <summary>What the events of a type can say at all (see <see cref="Facts"/>).</summary>
    internal static bool Says(FactType type, string condition) => condition switch
    {
        "kinds" or "targetGroups" => type is FactType.Insats or FactType.Request,
        "tags" => type is not FactType.ForumActivity,
        "forums" => type is FactType.ForumMeeting or FactType.ForumActivity,
        _ => true,
    };
}
