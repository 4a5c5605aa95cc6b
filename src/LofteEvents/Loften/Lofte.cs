using System.Collections.Immutable;
using System.Diagnostics;

namespace LofteEvents.Loften;

/// <summary>Where a promise stands: what its decisions need to know, and no more.</summary>
internal abstract record Lofte
{
    private Lofte()
    {
    }

    /// <param name="stream"><c>lofte/{id}</c>: a definition is given in the stream of its own id.</param>
    public static Lofte Initial(string stream) => new NotGiven(stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    /// <summary>Nothing is recorded of it.</summary>
    public sealed record NotGiven(string Id) : Lofte;

    /// <param name="Signed">What was given first.</param>
    /// <param name="InForce">As it reads after the newest amendment.</param>
    /// <param name="Term">With its last day as it is after what prolonged it.</param>
    /// <param name="Amended">The newest amendment.</param>
    /// <param name="Prolonged">The newest prolongation.</param>
    /// <param name="Ended">Set where it ended early.</param>
    /// <param name="Commitments">By id.</param>
    public sealed record Given(
        LofteDefinition Signed,
        LofteDefinition InForce,
        Term Term,
        LofteAmended? Amended,
        LofteProlonged? Prolonged,
        LofteEnded? Ended,
        ImmutableDictionary<string, CommitmentState> Commitments,
        ImmutableHashSet<FeedbackGiven> Feedback) : Lofte
    {
        internal Given With(string commitment, Func<CommitmentState, CommitmentState> change) =>
            Commitments.TryGetValue(commitment, out var earlier)
                ? this with { Commitments = Commitments.SetItem(commitment, change(earlier)) }
                : this;
    }

    public static Lofte Evolve(Lofte state, DomainEvent happened) => (state, happened) switch
    {
        (_, LofteGiven said) => new Given(
            said.Definition, said.Definition, said.Definition.Term, null, null, null, Known([], said.Definition), []),
        (Given lofte, LofteAmended said) => lofte with
        {
            InForce = said.Definition,
            Amended = said,
            Commitments = Known(lofte.Commitments, said.Definition),
        },
        (Given lofte, LofteProlonged said) => lofte with { Term = lofte.Term with { To = said.To }, Prolonged = said },
        (Given lofte, LofteEnded said) => lofte with { Ended = said },
        (Given lofte, FeedbackGiven said) => lofte with { Feedback = lofte.Feedback.Add(said) },
        (Given lofte, CommitmentHindered said) => lofte.With(said.Commitment, commitment => commitment with { Hindered = said }),
        (Given lofte, CommitmentAssessed said) => lofte.With(said.Commitment, commitment => commitment with { Assessed = said }),
        (Given lofte, DeliverableCompleted said) => lofte.With(
            said.Commitment, commitment => commitment with { Completed = said, Voided = null }),
        (Given lofte, DeliverablePostponed said) =>
            lofte.With(said.Commitment, commitment => commitment with { Postponed = said }),
        (Given lofte, DeliverableVoided said) => lofte.With(
            said.Commitment, commitment => commitment with { Completed = null, Voided = said }),
        _ => state,
    };

    public static Decision<LofteEvent> Decide(Lofte state, LofteEvent said, DecisionContext context) => (state, said) switch
    {
        (_, LofteGiven given) => GiveLofte.Decide(state, given, context),
        (NotGiven, _) => LofteRefusals.Unknown,
        (Given lofte, LofteAmended amended) => AmendLofte.Decide(lofte, amended, context),
        (Given lofte, LofteProlonged prolonged) => ProlongLofte.Decide(lofte, prolonged),
        (Given lofte, LofteEnded ended) => EndLofte.Decide(lofte, ended),
        (Given lofte, FeedbackGiven feedback) => GiveFeedback.Decide(lofte, feedback, context),
        (Given lofte, CommitmentHindered hindered) => HinderCommitment.Decide(lofte, hindered, context),
        (Given lofte, CommitmentAssessed assessed) => AssessCommitment.Decide(lofte, assessed, context),
        (Given lofte, DeliverableCompleted completed) => CompleteDeliverable.Decide(lofte, completed, context),
        (Given lofte, DeliverablePostponed postponed) => PostponeDeliverable.Decide(lofte, postponed),
        (Given lofte, DeliverableVoided voided) => VoidDeliverable.Decide(lofte, voided),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };

    private static ImmutableDictionary<string, CommitmentState> Known(
        ImmutableDictionary<string, CommitmentState> earlier, LofteDefinition definition) =>
        definition.Commitments.Aggregate(earlier, (known, commitment) => known.SetItem(
            commitment.Id,
            known.TryGetValue(commitment.Id, out var state)
                ? state with { Rule = commitment.Rule }
                : new CommitmentState(commitment.Rule)));
}

/// <summary>Where one commitment of a promise stands.</summary>
/// <param name="Rule">The newest.</param>
/// <param name="Hindered">The newest decision that it cannot be kept.</param>
/// <param name="Assessed">The newest judgement.</param>
/// <param name="Completed">Set while its deliverable is there.</param>
/// <param name="Postponed">The newest postponement.</param>
/// <param name="Voided">Set where it was said to be there and was not.</param>
internal sealed record CommitmentState(
    Rule Rule,
    CommitmentHindered? Hindered = null,
    CommitmentAssessed? Assessed = null,
    DeliverableCompleted? Completed = null,
    DeliverablePostponed? Postponed = null,
    DeliverableVoided? Voided = null)
{
    internal DeliverableRule? Deliverable => Rule.Simple.OfType<DeliverableRule>().FirstOrDefault();
}
