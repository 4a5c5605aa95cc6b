using LofteEvents.Loften;

namespace LofteEvents.Server.Pages;

/// <summary>Why an event does not count.</summary>
internal sealed partial class SwedishLofteWords
{
    public override string Unmet(UnmetCondition condition, Func<string, string> name)
    {
        var demanded = All(condition.Demanded, name, " eller ");
        var found = condition.Found.Count == 0 ? "ingen uppgift" : All(condition.Found, name, ", ");
        return condition.Code switch
        {
            "voided" => "ströks: det visade sig inte ha ägt rum",
            "type" => $"är av ett annat slag ({found})",
            "kind" => $"är inte {demanded} utan {found}",
            "tags" => $"är inte märkt {All(condition.Demanded, name, ", ")}",
            "without-tags" => $"är märkt {found}",
            "area" => $"ligger inte i {demanded} utan i {found}",
            "place" => $"var inte vid {demanded} utan vid {found}",
            "forum" => $"hör inte till {demanded}",
            "target-group" => $"riktades inte mot {demanded} utan mot {found}",
            "parties" => $"{All(condition.Demanded, name, " och ")} deltog inte",
            "any-party" => $"ingen av {demanded} deltog",
            "time-of-day" => $"låg inte mellan {All(condition.Demanded, name, " och ")} utan {All(condition.Found, name, "–")}",
            "before-term" => $"ägde rum före löftets tid, som börjar {demanded}",
            "after-term" => $"ägde rum efter löftets tid, som slutar {demanded}",
            "before-commitment" => $"ägde rum innan åtagandet fanns, {demanded}",
            "after-judged-day" => $"ägde rum efter den bedömda dagen, {demanded}",
            "outside-set" => $"hör inte till någon av delarna ({demanded})",
            "no-duration" => "har ingen längd i tid",
            "outside-parts" => $"ligger inte i någon av de utlovade tiderna ({found})",
            "outside-occurrence" =>
                $"ägde rum {All(condition.Found, Weekday, " ")}, och lovat är {All(condition.Demanded, Weekday, " ")}",
            "outside-period" => $"ägde rum utanför tiden {All(condition.Demanded, name, " – ")}",
            "answers-nothing" => "säger inte vad det svarar på",
            "deliverable-only" => "åtagandet avgörs av att något blir klart; inget räknas",
            "assessed-only" => "åtagandet bedöms av en person; inget räknas",
            _ => $"uppfyller inte villkoret {condition.Code}",
        };

        string Weekday(string id) => id switch
        {
            "monday" => "måndag",
            "tuesday" => "tisdag",
            "wednesday" => "onsdag",
            "thursday" => "torsdag",
            "friday" => "fredag",
            "saturday" => "lördag",
            "sunday" => "söndag",
            _ => name(id),
        };
    }
}
