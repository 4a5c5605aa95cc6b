using LofteEvents.Loften;

namespace LofteEvents.Server.Pages;

/// <summary>Why an event does not count.</summary>
internal sealed partial class EnglishLofteWords
{
    public override string Unmet(UnmetCondition condition, Func<string, string> name)
    {
        var demanded = All(condition.Demanded, name, " or ");
        var found = condition.Found.Count == 0 ? "no data" : All(condition.Found, name, ", ");
        return condition.Code switch
        {
            "voided" => "was struck out: it turned out not to have taken place",
            "type" => $"is of another sort ({found})",
            "kind" => $"is not {demanded} but {found}",
            "tags" => $"is not marked {All(condition.Demanded, name, ", ")}",
            "without-tags" => $"is marked {found}",
            "area" => $"is not in {demanded} but in {found}",
            "place" => $"was not at {demanded} but at {found}",
            "forum" => $"does not belong to {demanded}",
            "target-group" => $"was not directed at {demanded} but at {found}",
            "parties" => $"{All(condition.Demanded, name, " and ")} did not take part",
            "any-party" => $"none of {demanded} took part",
            "time-of-day" => $"was not between {All(condition.Demanded, name, " and ")} but {All(condition.Found, name, "–")}",
            "before-term" => $"took place before the term, which begins {demanded}",
            "after-term" => $"took place after the term, which ends {demanded}",
            "before-commitment" => $"took place before there was such a commitment, {demanded}",
            "after-judged-day" => $"took place after the judged day, {demanded}",
            "outside-set" => $"belongs to none of the parts ({demanded})",
            "no-duration" => "has no length in time",
            "outside-parts" => $"lies in none of the promised times ({found})",
            "outside-occurrence" =>
                $"took place {All(condition.Found, Weekday, " ")}, and promised is {All(condition.Demanded, Weekday, " ")}",
            "outside-period" => $"took place outside the time {All(condition.Demanded, name, " – ")}",
            "answers-nothing" => "does not say what it answers",
            "deliverable-only" => "the commitment is decided by something being finished; nothing is counted",
            "assessed-only" => "the commitment is assessed by a person; nothing is counted",
            _ => $"does not meet the condition {condition.Code}",
        };

        string Weekday(string id) => Enum.TryParse<DayOfWeek>(id, ignoreCase: true, out var day) ? day.ToString() : name(id);
    }
}
