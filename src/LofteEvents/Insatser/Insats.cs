using System.Diagnostics;

namespace LofteEvents.Insatser;

/// <summary>Where an insats stands: what its decisions need to know, and no more.</summary>
internal abstract record Insats
{
    private Insats()
    {
    }

    public static Insats Initial { get; } = new Unknown();

    /// <summary>Nothing is recorded of it.</summary>
    public sealed record Unknown : Insats;

    /// <param name="Young">Whoever was met before the insats was reported as carried out.</param>
    public sealed record Planned(InsatsPlanned Plan, YoungPeople Young) : Insats;

    /// <param name="Plan">Null where it was not planned, which is common.</param>
    /// <param name="First">What was reported first, so that the same report under another id is known again.</param>
    /// <param name="InForce">The newest report.</param>
    public sealed record CarriedOut(InsatsPlanned? Plan, InsatsReport First, InsatsReport InForce, YoungPeople Young) : Insats;

    public sealed record Cancelled(InsatsPlanned Plan, string Reason) : Insats;

    public sealed record Voided(string Reason) : Insats;

    public static Insats Evolve(Insats state, DomainEvent happened) => (state, happened) switch
    {
        (_, InsatsPlanned plan) => new Planned(plan, YoungPeople.None),
        (Planned planned, InsatsCarriedOut report) => new CarriedOut(planned.Plan, report, report, planned.Young),
        (_, InsatsCarriedOut report) => new CarriedOut(null, report, report, YoungPeople.None),
        (Planned planned, InsatsCancelled cancelled) => new Cancelled(planned.Plan, cancelled.Reason),
        (CarriedOut carriedOut, InsatsCorrected report) => carriedOut with { InForce = report },
        (Planned planned, YouthEncountered said) => planned with { Young = planned.Young.With(said) },
        (CarriedOut carriedOut, YouthEncountered said) => carriedOut with { Young = carriedOut.Young.With(said) },
        (Planned planned, YouthCorrected said) => planned with { Young = planned.Young.With(said) },
        (CarriedOut carriedOut, YouthCorrected said) => carriedOut with { Young = carriedOut.Young.With(said) },
        (_, InsatsVoided voided) => new Voided(voided.Reason),
        _ => state,
    };

    public static Decision<InsatsEvent> Decide(Insats state, InsatsEvent said, DecisionContext context) => said switch
    {
        InsatsPlanned plan => PlanInsats.Decide(state, plan, context),
        InsatsCarriedOut report => CarryOutInsats.Decide(state, report, context),
        InsatsCancelled cancelled => CancelInsats.Decide(state, cancelled),
        InsatsCorrected report => CorrectInsats.Decide(state, report, context),
        YouthEncountered encountered => EncounterYouth.Decide(state, encountered, context),
        YouthCorrected corrected => CorrectYouth.Decide(state, corrected, context),
        InsatsVoided voided => VoidInsats.Decide(state, voided),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };
}
