using System.Globalization;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Swedish words, numbers and days, the same whatever the machine's language.</summary>
public static class ReportWords
{
    internal const string NoData = "ingen uppgift";

    private static readonly string[] s_months =
    [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
    ];

    private static readonly NumberFormatInfo s_numbers =
        new() { NumberGroupSeparator = "\u00a0", NumberDecimalSeparator = ",", NegativeSign = "−" };

    public static string Verdict(Verdict verdict) => verdict switch
    {
        Loften.Verdict.Upcoming => "Har inte börjat",
        Loften.Verdict.OnTrack => "På god väg",
        Loften.Verdict.AtRisk => "Riskerar att inte hållas",
        Loften.Verdict.Fulfilled => "Uppfyllt",
        Loften.Verdict.CanNoLongerBeMet => "Kan inte längre uppfyllas",
        Loften.Verdict.NotTriggered => "Har inte blivit aktuellt",
        Loften.Verdict.Partly => "Delvis uppfyllt",
        Loften.Verdict.NotFulfilled => "Inte uppfyllt",
        Loften.Verdict.CannotBeAssessed => "Kan inte bedömas",
        _ => "Hindrat",
    };

    internal static string Assessed(Assessment outcome) => outcome switch
    {
        Assessment.Fulfilled => Verdict(Loften.Verdict.Fulfilled),
        Assessment.Partly => Verdict(Loften.Verdict.Partly),
        Assessment.NotFulfilled => Verdict(Loften.Verdict.NotFulfilled),
        _ => Verdict(Loften.Verdict.CannotBeAssessed),
    };

    /// <summary>Such as <c>16 mars 2018</c>, which no line break parts.</summary>
    internal static string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day}\u00a0{s_months[day.Month - 1]}\u00a0{day.Year}");

    internal static string ShortMonth(DateOnly day) => s_months[day.Month - 1][..3];

    internal static string Period(Term term) => $"{Day(term.From)} – {Day(term.To)}";

    /// <summary>Such as <c>16 mars 2018 kl. 18.00</c>, in Stockholm.</summary>
    internal static string Time(DateTimeOffset time)
    {
        var local = Stockholm.Local(time);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} kl. "
            + string.Create(CultureInfo.InvariantCulture, $"{local:HH}.{local:mm}");
    }

    /// <summary>Such as <c>1 234,5</c>.</summary>
    internal static string Number(decimal value) => value.ToString("#,0.##", s_numbers);

    /// <summary>Such as <c>händelse nr 34</c>: its place in the log.</summary>
    internal static string Event(long position) => $"händelse nr\u00a0{Number(position)}";

    internal static string Number(ShownNumber number) => number.IsFew ? ShownNumber.Few : Number(number.Value);

    internal static string Party(string party) => party switch
    {
        "polis" => "Polisen",
        "kommun" => "Kommunen",
        _ => party.Replace('-', ' '),
    };

    internal static string Counted(FactType? type, long number) => (type, number) switch
    {
        (FactType.Insats, 1) => "insats",
        (FactType.Insats, _) => "insatser",
        (FactType.ForumMeeting, 1) => "möte",
        (FactType.ForumMeeting, _) => "möten",
        (FactType.ForumActivity, 1) => "aktivitet",
        (FactType.ForumActivity, _) => "aktiviteter",
        (FactType.Request, _) => "önskemål",
        (_, 1) => "händelse",
        _ => "händelser",
    };

    internal static string Unit(Unit unit, FactType? type, long number) => unit switch
    {
        Loften.Unit.Minutes => "timmar",
        Loften.Unit.Parts => number == 1 ? "del är uppfylld" : "delar är uppfyllda",
        Loften.Unit.Occasions => "hela tillfällen",
        Loften.Unit.Requests => "önskemål besvarade i tid",
        Loften.Unit.Deliverables => "sak klar",
        _ => Counted(type, number),
    };

    internal static string Audience(FeedbackAudience audience) =>
        audience is FeedbackAudience.Citizens ? "de som bor och verkar i området" : "de anställda";

    internal static string State(PartState state) => state switch
    {
        PartState.Met => "uppfylld",
        PartState.Missed => "missad",
        PartState.Open => "pågår",
        PartState.Exceeded => "fler än lovat",
        _ => "har inte börjat",
    };

    internal static string Occasion(EvaluationOccasion occasion) => occasion switch
    {
        EvaluationOccasion.Tertial => "Tertialuppföljning",
        EvaluationOccasion.Announced => "Utvärdering som löftet utlovar",
        EvaluationOccasion.EndOfTerm => "Slututvärdering",
        _ => "Utvärdering",
    };
}
