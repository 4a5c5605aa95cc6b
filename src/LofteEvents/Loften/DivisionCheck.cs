namespace LofteEvents.Loften;

/// <summary>Refuses a division with parts that nothing could fall into, or that one event could fall into twice.</summary>
internal static class DivisionCheck
{
    public static void Check(Checking checking, Selector selector, Division division, string at)
    {
        switch (division)
        {
            case SetDivision set:
                CheckSet(checking, selector, set, $"{at}/of");
                break;
            case SeasonDivision seasons:
                CheckSeasons(checking, seasons, $"{at}/of");
                break;
            case OccurrenceDivision occurrence:
                CheckOccurrence(checking, occurrence, at);
                if (!DoubleCounting.MeetInTime(selector.TimeOfDay, occurrence.Window))
                {
                    checking.Refuse(
                        "condition-never-met",
                        "The time of day that is selected and the window of the occurrences never meet, so nothing could ever "
                        + "count; correct one of the two.",
                        $"{at}/window");
                }

                break;
            default:
                break;
        }
    }

    private static void CheckSet(Checking checking, Selector selector, SetDivision set, string at)
    {
        if (set.Of.Count == 0)
            checking.Refuse("empty-set", "The set is empty, so there is nothing to promise; name its members.", at);

        checking.Unique("member", set.Of, at);
        var condition = set switch
        {
            ForumDivision => "forums",
            KindDivision => "kinds",
            TagDivision => "tags",
            _ => "parties",
        };
        if (!SelectorCheck.Says(selector.Type, condition))
        {
            checking.Refuse(
                "condition-never-met",
                $"Events of type '{KebabName.Of(selector.Type)}' say nothing about '{condition}', so none could ever count; "
                + "divide them otherwise.",
                at);
        }

        if (set is KindDivision kinds)
            SelectorCheck.Kinds(checking, kinds.Of, at);

        foreach (var (i, member) in set.Of.Index())
        {
            var isDeclared = set is not KindDivision || checking.Definition.Kinds.Any(declared => declared.Id == member);
            if (isDeclared && IsLeftOut(selector, set, member))
            {
                checking.Refuse(
                    "condition-never-met",
                    $"'{member}' is one of the parts, but the selection leaves it out, so nothing could ever count in it; "
                    + "correct one of the two.",
                    $"{at}/{i}");
            }
        }

        if (set is AreaDivision areas)
            CheckAreas(checking, selector, areas, at);
    }

    private static bool IsLeftOut(Selector selector, SetDivision set, string member) => set switch
    {
        KindDivision => selector.Kinds is { } kinds && !kinds.Contains(member),
        PlaceDivision => selector.Places is { } places && !places.Contains(member),
        ForumDivision => selector.Forums is { } forums && !forums.Contains(member),
        TagDivision => selector.WithoutTags?.Contains(member) ?? false,
        _ => false,
    };

    private static void CheckAreas(Checking checking, Selector selector, AreaDivision division, string at)
    {
        foreach (var (i, member) in division.Of.Index())
        {
            if (checking.Areas.Unknown(member, $"{at}/{i}") is { } unknown)
            {
                checking.Faults.Add(unknown);
                continue;
            }

            if (division.Of.FirstOrDefault(other => other != member && checking.Areas.Contains(other, member)) is { } outer)
            {
                checking.Refuse(
                    "member-inside-member",
                    $"The area '{member}' lies inside '{outer}', which is in the set too, so one event would count twice; "
                    + "keep one of them.",
                    $"{at}/{i}");
            }

            if (selector.Areas is { } selected
                && !selected.Any(area => checking.Areas.Contains(area, member) || checking.Areas.Contains(member, area)))
            {
                checking.Refuse(
                    "condition-never-met",
                    $"The area '{member}' lies outside the areas that are selected, so nothing could ever count there; "
                    + "correct one of the two.",
                    $"{at}/{i}");
            }
        }
    }

    private static void CheckSeasons(Checking checking, SeasonDivision division, string at)
    {
        if (division.Of.Count == 0)
            checking.Refuse("empty-set", "No season is named, so there is nothing to promise; name them.", at);

        checking.Unique("season", division.Of.Select(season => season.Id), at);
        foreach (var (i, season) in division.Of.Index())
        {
            var year = checking.Definition.Term.From.Year;
            var days = season.In(year);
            if (division.Of.Take(i).FirstOrDefault(other => Meet(days, other.In(year)) || Meet(days, other.In(year + 1))
                || Meet(days, other.In(year - 1))) is { } before)
            {
                checking.Refuse(
                    "season-overlaps",
                    $"The season '{season.Id}' overlaps '{before.Id}', so one event would count in both; move one of their ends.",
                    $"{at}/{i}");
            }
        }
    }

    private static bool Meet(Term one, Term other) => one.From <= other.To && other.From <= one.To;

    private static void CheckOccurrence(Checking checking, OccurrenceDivision division, string at)
    {
        if (division.Weekdays.Count == 0)
            checking.Refuse(
                "empty-set", "No weekday is named, so there is nothing to promise; name at least one.", $"{at}/weekdays");

        checking.Unique("weekday", division.Weekdays.Select(KebabName.Of), $"{at}/weekdays");
        if (division.Window is { } window && window.From == window.To)
            SelectorCheck.EmptyWindow(checking, window, $"{at}/window");

        foreach (var (i, day) in (division.Except ?? []).Index())
        {
            if (!checking.Definition.Term.Contains(day))
            {
                checking.Refuse(
                    "exception-outside-term",
                    $"{day:O} is left out but lies outside the term anyway; correct the day, or take it out.",
                    $"{at}/except/{i}");
            }
        }
    }
}
