namespace LofteEvents.Loften;

/// <summary>Refuses conditions that no event can meet, and words that the promise or the deployment does not know.</summary>
internal static class SelectorCheck
{
    private static readonly FactType[] Countable =
        [FactType.Insats, FactType.ForumMeeting, FactType.ForumActivity, FactType.Request];

    public static void Check(Checking checking, Selector selector, string at)
    {
        if (!Countable.Contains(selector.Type))
        {
            checking.Refuse(
                "type-not-countable",
                $"'{KebabName.Of(selector.Type)}' is shown but never counted; count one of "
                + string.Join(", ", Countable.Select(KebabName.Of)) + ".",
                $"{at}/type");
        }

        Kinds(checking, selector.Kinds, $"{at}/kinds");
        for (var i = 0; i < (selector.Areas?.Count ?? 0); i++)
        {
            if (checking.Areas.Unknown(selector.Areas![i], $"{at}/areas/{i}") is { } unknown)
                checking.Faults.Add(unknown);
        }

        Conditions(checking, selector, at);
        if (selector.Tags?.Intersect(selector.WithoutTags ?? []).FirstOrDefault() is { } both)
        {
            checking.Refuse(
                "condition-never-met",
                $"The tag '{both}' is demanded and excluded, so nothing could ever count; take it out of one of the lists.",
                $"{at}/withoutTags");
        }

        if (selector.TimeOfDay is { } window && window.From == window.To)
            EmptyWindow(checking, window, $"{at}/timeOfDay");
    }

    internal static void EmptyWindow(Checking checking, ClockWindow window, string at) => checking.Refuse(
        "window-empty",
        $"The time of day from {window.From:HH:mm} to {window.To:HH:mm} is empty; correct one end, or leave it out for the "
        + "whole day.",
        at);

    private static void Conditions(Checking checking, Selector selector, string at)
    {
        foreach (var (name, count) in Lists(selector))
        {
            if (count is 0)
            {
                checking.Refuse(
                    "empty-set",
                    $"'{name}' is empty, so nothing could ever count; name at least one, or leave it out.",
                    $"{at}/{name}");
            }

            if (count is not null && !Says(selector.Type, name))
            {
                checking.Refuse(
                    "condition-never-met",
                    $"Events of type '{KebabName.Of(selector.Type)}' say nothing about '{name}', so none could ever count; "
                    + "take it out.",
                    $"{at}/{name}");
            }
        }
    }

    internal static void Kinds(Checking checking, IReadOnlyList<string>? kinds, string at)
    {
        foreach (var (i, kind) in (kinds ?? []).Index())
        {
            if (checking.Definition.Kinds.Any(declared => declared.Id == kind))
                continue;

            var declaredKinds = string.Join(", ", checking.Definition.Kinds.Select(declared => declared.Id));
            checking.Refuse(
                "kind-undeclared",
                $"The kind '{kind}' is not declared by this promise ({declaredKinds}); add it to kinds, or correct the spelling.",
                $"{at}/{i}");
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
