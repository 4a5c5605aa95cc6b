using LofteEvents.Evaluations;
using LofteEvents.Loften;

namespace LofteEvents.Server.Pages;

internal sealed partial class SwedishLofteWords : LofteWords
{
    public override string Term => "Gäller";

    public override string Area => "Område";

    public override string GivenBy => "Löftet ges av";

    public override string EvaluatedWhen => "Utvärderas";

    public override string SignedText => "Löftets ord återges ordagrant";

    public override string Source => "Källa";

    public override string HowItStands => "Så går det";

    public override string JudgedOn(string day, bool preliminary) =>
        preliminary
            ? $"Bedömningarna gäller den {day}. Löftets tid är inte slut, så de är preliminära."
            : $"Bedömningarna gäller den {day}.";

    public override string AsKnown(string time) => $"Sidan visar vad som var känt {time}.";

    public override string Commitments => "Det här är lovat";

    public override string ActivityOnly =>
        "Här räknas det som har gjorts. Det säger inget om hur tryggt det har blivit; det följs upp för sig, längre ned.";

    public override string Problems => "Problemen bakom löftet";

    public override string ProblemsAbout => "De problem som man enades om, utan inbördes rangordning.";

    public override string Aims => "Vad det ska leda till";

    public override string AimsAbout => "Målen för insatserna, som löftet anger dem.";

    public override string Effect => "Uppmätt effekt";

    public override string Evaluation => "Uppföljning och utvärdering";

    public override string Feedback => "Utlovad återkoppling";

    public override string Changes => "Ändringar av löftet";

    public override string WholeText => "Läs hela löftet så som det publicerades";

    public override string OtherDay => "Se hur det stod en annan dag";

    public override string Day => "Dag";

    public override string Show => "Visa";

    public override string Evidence => "Det som räknas";

    public override string NoEvidence => "Ännu är inget rapporterat som räknas.";

    public override string AllEvents(long shown, long total) =>
        total > shown
            ? $"Visa alla {total} som räknas, och det som inte räknas"
            : "Visa allt, också det som inte räknas och varför";

    public override string Event(long position) => $"händelse nr {position}";

    public override string Corrected => "rättad uppgift";

    public override string Planned(long number) => number == 1 ? "En till är planerad." : $"{number} till är planerade.";

    public override string Parts => "Del för del";

    public override string PartsBeyond(int listed, int total) => $"{listed} av {total} visas, de missade först.";

    public override string Assessment => "Bedömning";

    public override string AssessmentMissing => "Ingen har gjort bedömningen ännu: ingen uppgift.";

    public override string Assessed(string by, string day) => $"{by}, den {day}";

    public override string Hindered(string by, string day, string reason) => $"Hindrat enligt beslut av {by} den {day}: {reason}";

    public override string Minors => "Unga som påträffades";

    public override string Place => "Plats";

    public override string LedTo => "Ledde till";

    public override string FewerThanFive => "färre än fem";

    public override string Verdict(Verdict verdict) => ReportWords.Verdict(verdict);

    public override string Meaning(Verdict verdict, Phase phase) => verdict switch
    {
        LofteEvents.Loften.Verdict.Upcoming => "Löftets tid har inte börjat.",
        LofteEvents.Loften.Verdict.OnTrack => "Minst så mycket är gjort som en jämn takt kräver.",
        LofteEvents.Loften.Verdict.AtRisk => "Det kan fortfarande hållas, men mindre är gjort än en jämn takt kräver.",
        LofteEvents.Loften.Verdict.Fulfilled => "Det som lovades är gjort.",
        LofteEvents.Loften.Verdict.CanNoLongerBeMet => "Något som är över blev inte gjort, så det går inte att hålla helt.",
        LofteEvents.Loften.Verdict.NotTriggered => "Inget har hänt som kräver det.",
        LofteEvents.Loften.Verdict.Partly => "Något av det blev gjort, men inte allt.",
        LofteEvents.Loften.Verdict.NotFulfilled => "Inget av det blev gjort.",
        LofteEvents.Loften.Verdict.CannotBeAssessed => "Det som behövs för att bedöma det saknas.",
        _ => "Det blev inte gjort, av ett skäl som någon har beslutat om och svarar för.",
    };

    public override string Preliminary => "preliminärt";

    public override string DoneOf(long done, long target, bool exactly) => $"{done} av {(exactly ? "exakt" : "minst")} {target}";

    public override string PartsOf(long done, long target) => $"{done} av {target}";

    public override string Counted(FactType type, long number) => (type, number) switch
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

    public override string Counts(Unit unit, FactType type, long target) => unit switch
    {
        Unit.Minutes => "timmar",
        Unit.Parts => "delar är uppfyllda",
        Unit.Occasions => "hela tillfällen",
        Unit.Requests when type is not FactType.Request => "händelser som följdes upp i tid",
        Unit.Requests => "önskemål besvarade i tid",
        _ => Counted(type, target),
    };

    public override string Delivered(JudgedDeliverable deliverable, Func<DateOnly, string> day) =>
        (deliverable.DeliveredOn, deliverable.PostponedTo) switch
        {
            ({ } on, _) => $"{deliverable.What.TrimEnd('.')}: klart den {day(on)}, lovat senast {day(deliverable.By)}.",
            (null, { } to) =>
                $"{deliverable.What.TrimEnd('.')}: inte klart. Uppskjutet till {day(to)}, lovat senast {day(deliverable.By)}.",
            _ => $"{deliverable.What.TrimEnd('.')}: inte klart, lovat senast {day(deliverable.By)}.",
        };

    public override string Answered(JudgedResponses responses) =>
        $"Av {responses.Received} tillfällen är {responses.InTime} besvarade i tid, {responses.Late} för sent och "
        + $"{responses.Waived} avskrivna med laglig grund. {responses.Open} väntar, varav {responses.Overdue} för länge.";

    public override string PreferredShare(int percent) =>
        $"{percent} procent av det som räknas är det som lovades i första hand.";

    public override string Follows => "Följs vid sidan om";

    public override string PaceNow(Pace pace) => pace.DaysLeft switch
    {
        1 => $"Jämn takt hade gett {pace.Expected}, hittills är det {pace.Credited}. Det är sista dagen.",
        _ => $"Jämn takt hade gett {pace.Expected} vid det här laget, hittills är det {pace.Credited}. "
            + $"{pace.DaysLeft} dagar återstår.",
    };

    public override string PaceNeeded(Pace pace, string perMonth) => $"För att hinna krävs {perMonth} i månaden.";

    public override string State(PartState state) => state switch
    {
        PartState.Met => "uppfylld",
        PartState.Missed => "missad",
        PartState.Open => "pågår",
        PartState.Exceeded => "fler än lovat",
        _ => "har inte börjat",
    };

    public override string Assessed(Assessment outcome) => outcome switch
    {
        LofteEvents.Loften.Assessment.Fulfilled => "Uppfyllt",
        LofteEvents.Loften.Assessment.Partly => "Delvis uppfyllt",
        LofteEvents.Loften.Assessment.NotFulfilled => "Inte uppfyllt",
        _ => "Kan inte bedömas",
    };

    public override string Owner(string owner) => owner switch
    {
        "polis" => "Polisen",
        "kommun" => "Kommunen",
        _ => owner,
    };

    public override string Audience(FeedbackAudience audience) => audience switch
    {
        FeedbackAudience.Citizens => "de som bor och verkar i området",
        _ => "de anställda",
    };

    public override string FeedbackBy(string audience, string day) => $"Till {audience}, senast {day}";

    public override string FeedbackGiven(string day, bool late) => late ? $"gavs den {day}, för sent" : $"gavs den {day}";

    public override string FeedbackNotGiven(bool overdue) => overdue ? "försenad: har inte getts" : "har inte getts ännu";

    public override string Change(LofteChangeKind kind, string day) => kind switch
    {
        LofteChangeKind.Amended => $"Ändrat från och med {day}",
        LofteChangeKind.Prolonged => $"Förlängt till och med {day}",
        _ => $"Avslutat i förtid den {day}",
    };

    public override string Retroactive => "i efterhand";

    public override string CommitmentEvents => "Vad som räknas, och vad som inte gör det";

    public override string CountedEvents => "Räknas";

    public override string NotCountedEvents => "Räknas inte";

    public override string NotCountedAbout =>
        "Samma slags händelser i området, från en månad före löftets tid till en månad efter, "
        + "med skälet till att de inte räknas.";

    public override string NothingHere => "Inget att visa.";

    public override string When => "Dag";

    public override string What => "Vad";

    public override string Where => "Var";

    public override string WhyNot => "Varför inte";

    public override string ToTheEvaluation => "Läs utvärderingen: vad som blev av löftet";

    public override string ToThePromise => "Tillbaka till löftet";

    public override string NextPage => "Nästa sida";

    public override string PreviousPage => "Föregående sida";
}
