namespace LofteEvents.Insatser;

/// <summary>Two statements of the same facts: value by value, instants compared as instants.</summary>
internal static class SameFacts
{
    public static bool Are(InsatsPlanned one, InsatsPlanned other) => AreCommon(one, other);

    public static bool Are(InsatsReport one, InsatsReport other) =>
        AreCommon(one, other)
        && one.MinorsEncountered == other.MinorsEncountered
        && one.CaseNumber == other.CaseNumber
        && AreResults(one.Results, other.Results);

    public static bool Are(YouthFacts one, YouthFacts other) =>
        (one.Person, one.AgeAtDeed, one.Suspicion, one.Offence) == (other.Person, other.AgeAtDeed, other.Suspicion, other.Offence)
        && (one.PrisonPossible, one.DeprivedOfLiberty) == (other.PrisonPossible, other.DeprivedOfLiberty)
        && (one.DrugTest, one.MediationOffered, one.InquiryUnder15)
            == (other.DrugTest, other.MediationOffered, other.InquiryUnder15)
        && one.HomeMunicipality == other.HomeMunicipality;

    private static bool AreCommon(InsatsFacts one, InsatsFacts other) =>
        (one.Kind, one.Title, one.Organiser, one.Place) == (other.Kind, other.Title, other.Organiser, other.Place)
        && (one.From, one.To, one.Hours) == (other.From, other.To, other.Hours)
        && (one.TargetGroup, one.PartOf) == (other.TargetGroup, other.PartOf)
        && SameItems.InAnyOrder(one.Parties, other.Parties)
        && SameItems.InAnyOrder(one.Tags, other.Tags);

    private static bool AreResults(IReadOnlyDictionary<string, long>? one, IReadOnlyDictionary<string, long>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.All(result => other!.TryGetValue(result.Key, out var count) && count == result.Value));
}
