namespace LofteEvents.Loften;

/// <summary>How a verdict is drawn; its words always stand beside it, since colour and shape alone say nothing to many.</summary>
/// <param name="Class">Of the style sheet.</param>
/// <param name="Path">The icon, in a square of 24.</param>
public sealed record VerdictBadge(Verdict Verdict, string Class, string Path)
{
    private const string Check = "m5 12.5 4.5 4.5L19 7.5";
    private const string Arrow = "M5 12h13m-5-5 5 5-5 5";
    private const string Alarm = "M12 4 2.8 20h18.4zM12 10v4.5m0 2.2v.3";
    private const string Cross = "m6 6 12 12M18 6 6 18";
    private const string Dash = "M6 12h12";
    private const string Half = "M12 4a8 8 0 1 0 0 16zm0 0a8 8 0 0 1 0 16";
    private const string Question = "M9 9.2a3.1 3.1 0 1 1 4.4 2.9c-.9.5-1.4 1-1.4 2.1m0 3.2v.3";
    private const string Pause = "M9 6v12m6-12v12";

    public static VerdictBadge Of(Verdict verdict) => verdict switch
    {
        Verdict.Fulfilled => new(verdict, "good", Check),
        Verdict.OnTrack => new(verdict, "way", Arrow),
        Verdict.AtRisk => new(verdict, "warn", Alarm),
        Verdict.Partly => new(verdict, "warn", Half),
        Verdict.CanNoLongerBeMet or Verdict.NotFulfilled => new(verdict, "bad", Cross),
        Verdict.CannotBeAssessed => new(verdict, "still", Question),
        Verdict.Hindered => new(verdict, "held", Pause),
        _ => new(verdict, "still", Dash),
    };
}
